using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// One load test from what was asked for to its run and verdict. Made, it has looked at everything that can be wrong without a workspace,
/// and sent nothing. <see cref="Use"/> says what it asks, and <see cref="RunAsync(Func{Connection, TimeProvider, GenieApiClient},
/// ISessionWatcher, CancellationToken)"/> asks it, once.
/// </summary>
public abstract class LoadTestSession : IDisposable
{
    // A stop that lasts is no stop: what is not deleted by then stays.
    private static readonly TimeSpan CleanupAfterStop = TimeSpan.FromSeconds(10);

    // From a stop to the end: for writing the rest of the run to its folder.
    private static readonly TimeSpan ToDisk = TimeSpan.FromSeconds(10);

    private IReadOnlyList<SessionSpace> _spaces = [];

    private protected LoadTestSession(Plan plan, SessionOptions options)
    {
        Plan = plan;
        Options = options;
        RunOptions = options.Run;
    }

    /// <summary>A new test.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="GenieLoadException">
    /// Whatever is wrong with scenario, questions, thresholds, connections, options and rate limit, naming the field and the value.
    /// </exception>
    public static LoadTestSession Of(LoadTestRequest request) => NewLoadTest.Of(request);

    /// <summary>The rest of a run that came to an early end.</summary>
    /// <param name="unfinished">The run, which is no longer the caller's.</param>
    /// <param name="options">How the rest is carried out, given how the run was.</param>
    /// <param name="resendAmbiguous">Whether questions are asked again of which nobody knows whether they were taken.</param>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>.</exception>
    public static LoadTestSession Resume(
        UnfinishedRun unfinished, Func<RunSettings, SessionOptions> options, bool resendAmbiguous) =>
        ResumedLoadTest.Of(unfinished, options, resendAmbiguous);

    /// <summary>What is asked when.</summary>
    public Plan Plan { get; }

    /// <summary>The run that is resumed; <see langword="null"/> for a new test.</summary>
    public virtual string? RunId => null;

    /// <summary>What the test does, for people.</summary>
    /// <param name="width">Columns of the console; 0 where that is not known.</param>
    public abstract string Describe(int width = 0);

    /// <summary>What its plan cannot show, such as thresholds that so few questions cannot decide.</summary>
    public virtual IEnumerable<string> Warnings => [];

    /// <summary>What the plan of a new test comes to; <see langword="null"/> for a run that is resumed.</summary>
    public virtual PlanPreview? Preview => null;

    /// <summary>
    /// Whether a test of this kind is run only with consent when it is large: the built-in scenarios are small by design, simulators cost
    /// nothing, and whoever resumes a run has consented before.
    /// </summary>
    public virtual bool AsksForConsent => false;

    /// <summary>The connections that are asked.</summary>
    public IEnumerable<Connection> Connections => _spaces.Select(space => space.Connection);

    /// <summary>How calls are tried again.</summary>
    public RetryOptions Retry => Options.Run.Retry;

    /// <summary>Questions that were finished before the run was resumed.</summary>
    public virtual int FinishedBefore => 0;

    /// <summary>Questions that have a row before the first is asked: those that were finished, and those that are given up.</summary>
    private protected virtual int EndedBefore => 0;

    /// <summary>Longest time from a stop to the end of the session.</summary>
    public TimeSpan LongestStop => TimeSpan.FromSeconds(Options.Run.StopGraceSeconds) + ToDisk
        + (Options.RemovesConversations ? CleanupAfterStop : TimeSpan.Zero);

    /// <summary>How it is carried out.</summary>
    private protected SessionOptions Options { get; private set; }

    /// <summary>How its questions are carried, with what their answers are checked against.</summary>
    private protected LoadTestOptions RunOptions { get; private set; }

    /// <summary>What the expected SQL gave before the run was resumed; empty for a new one.</summary>
    private protected virtual IReadOnlyList<ExpectedAnswer> ExpectedBefore => [];

    /// <summary>Whether whoever runs it is told that a test which ended early can be resumed.</summary>
    private protected virtual bool IsResumable => true;

    /// <summary>Conversations that the test opens; 0 to leave the spaces uncounted.</summary>
    private protected virtual int ConversationCount => 0;

    /// <summary>What the spaces say against the test, once they were looked at.</summary>
    private protected virtual IEnumerable<string> WarningsOf(IReadOnlyList<RunTarget> targets) => [];

    /// <summary>Thresholds without which the session fails; none unless asked for.</summary>
    private protected virtual IReadOnlyList<Threshold> Demanded => [];

    /// <summary>Where the run is kept.</summary>
    private protected virtual RunStore Store => new();

    /// <summary>Says what is asked: before anything is sent, also before anybody is asked for consent.</summary>
    /// <param name="connections">The connections to ask.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NoSpace</c>, <c>NotOfThisRun</c>, <c>OtherWorkspace</c>.
    /// </exception>
    public void Use(IReadOnlyList<Connection> connections) => _spaces = SpacesOf(connections);

    /// <summary>The same test from several places. The places belong to it from then on.</summary>
    /// <param name="places">The places, in the order of their shards.</param>
    /// <param name="options">How they are looked after.</param>
    /// <exception cref="GenieLoadException"><c>EmptyShard</c>, <c>PlanNotWhole</c>.</exception>
    public PlacedLoadTest At(IReadOnlyList<IPlace> places, PlacesOptions options) => new(Plan, places, options, Options, Store, Demanded)
    {
        WorkspaceUrl = _spaces[0].Connection.WorkspaceUrl, SpaceId = _spaces[0].SpaceId,
    };

    /// <summary>Carries it out.</summary>
    /// <param name="open">Opens the way to a workspace, with a clock for its waits.</param>
    /// <param name="watcher">Hears of it, and gets the run.</param>
    /// <param name="stop">Ends it early; what is finished is kept.</param>
    /// <exception cref="GenieLoadException">
    /// What keeps the test from running; <c>ThresholdMissed</c>, <c>ThresholdUndecided</c>, <c>RunInvalid</c> and
    /// <c>RunStoppedByRule</c> after it, where thresholds are demanded.
    /// </exception>
    public async Task RunAsync(
        Func<Connection, TimeProvider, GenieApiClient> open, ISessionWatcher watcher, CancellationToken stop)
    {
        using var clock = new PacingClock();
        await RunAsync(open, clock, watcher, stop, CompiledPath.Ready).ConfigureAwait(false);
    }

    /// <summary>As above, on a clock of the caller's, and with what has to be done before the first question.</summary>
    internal async Task RunAsync(
        Func<Connection, TimeProvider, GenieApiClient> open, TimeProvider clock, ISessionWatcher watcher, CancellationToken stop,
        Func<Task>? prepare = null)
    {
        // While the workspaces answer.
        Task prepared = prepare?.Invoke() ?? Task.CompletedTask;
        await using var companions = new RunCompanions([new RunMeter(), .. Options.Companions], watcher);
        using var ways = new SessionTargets(_spaces, connection => open(connection, clock));
        IReadOnlyList<RunTarget> targets = await ways.CheckAsync(stop).ConfigureAwait(false);
        Options = await EvaluationBudget.TakeAsync(Options, targets, stop).ConfigureAwait(false);
        foreach (string found in WarningsOf(targets))
            await watcher.WarnAsync(found).ConfigureAwait(false);
        await WarnOfQuotasAsync(targets, watcher, stop).ConfigureAwait(false);
        await prepared.WaitAsync(stop).ConfigureAwait(false);
        RunOptions = Options.Run with
        {
            Expected = await ExpectedCheck.StartAsync(targets, Plan, ExpectedBefore, watcher, stop).ConfigureAwait(false),
        };
        await using var evaluations = new RunEvaluations(Options, targets, Plan, watcher, stop);
        await evaluations.BeforeAsync().ConfigureAwait(false);
        IRunWatcher watching = companions.Watching(
            evaluations.Watching(watcher),
            (id, path) => new RunBeginning(id, path, Plan) { EndedBefore = EndedBefore, Budget = Options.Budget });
        LoadRun run = await CarryOutAsync(targets, watching, stop).ConfigureAwait(false);
        evaluations.EndLoad(run);
        await companions.EndLoadAsync().ConfigureAwait(false);
        (run, string? unkept) = await ExpectedCheck.EndAsync(run, RunOptions, stop).ConfigureAwait(false);
        CleanupResult? cleanup = Options.RemovesConversations ? await CleanUpAsync(targets, run, stop).ConfigureAwait(false) : null;
        await evaluations.AfterAsync(run).ConfigureAwait(false);
        (run, IReadOnlyList<string> warnings) = await WithStatementsAsync(targets, run, watcher, stop).ConfigureAwait(false);
        run = evaluations.AddTo(run);
        await companions.EndAsync(run).ConfigureAwait(false);
        await watcher.OnRunAsync(run).ConfigureAwait(false);
        foreach (string warning in evaluations.Warnings.Concat(warnings).Concat(unkept is null ? [] : [unkept]))
            await watcher.WarnAsync(warning).ConfigureAwait(false);
        if (cleanup?.Trouble is string trouble)
            await watcher.WarnAsync($"{cleanup.Removed} of {cleanup.Created} conversations were deleted: {trouble}").ConfigureAwait(false);
        if (run.StopCause == StopCause.Service)
            await watcher.ErrorAsync(SessionsErrors.ServiceRefused(run)).ConfigureAwait(false);
        else if (IsResumable && (StopCause.IsRule(run.StopCause) || (run.StopCause == StopCause.User && !stop.IsCancellationRequested)))
            await watcher.WarnAsync($"{run.StateReason}{Remaining(run)}").ConfigureAwait(false);
        if (Demanded.Count > 0)
            ThresholdJudge.Demand(run, ThresholdJudge.Judge(run, Demanded));
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    private protected abstract IReadOnlyList<SessionSpace> SpacesOf(IReadOnlyList<Connection> connections);

    private protected abstract Task<LoadRun> CarryOutAsync(
        IReadOnlyList<RunTarget> targets, IRunWatcher watcher, CancellationToken stop);

    private async Task WarnOfQuotasAsync(IReadOnlyList<RunTarget> targets, ISessionWatcher watcher, CancellationToken stop)
    {
        foreach (RunTarget target in ConversationCount > 0 ? targets : [])
        {
            int share = targets.Count == 1 ? ConversationCount : Math.Min(ConversationCount, target.Connection.QuestionCount);
            string? warning = await ConversationQuota.WarningAsync(target.Client, target.Connection.SpaceId, share, stop)
                .ConfigureAwait(false);
            if (warning is not null)
                await watcher.WarnAsync(warning).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The run with what the query history says of it, where that is wanted, and what to warn of; it never fails the test.
    /// </summary>
    private async Task<(LoadRun Run, IReadOnlyList<string> Warnings)> WithStatementsAsync(
        IReadOnlyList<RunTarget> targets, LoadRun run, ISessionWatcher watcher, CancellationToken stop)
    {
        // A run that could not be kept is in memory alone; its folder knows less.
        if (!Options.IncludesStatements || stop.IsCancellationRequested || run.StopCause == StopCause.Fault)
            return (run, []);
        try
        {
            StatementUpdate update = StatementUpdate.Of(run.RunPath!, run.RunId);
            update.Progress = watcher.OnStatements;
            LoadRun updated = await update.RunAsync(targets, stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
                watcher.OnStatementsCutOff();
            return (updated, update.Warnings(updated));
        }
        catch (GenieLoadException e)
        {
            return (run, [$"The statements of the run are not known: {e.Message}"]);
        }
    }

    private static string Remaining(LoadRun run)
    {
        int unasked = run.Results.Count(UnfinishedQuestion.IsUnasked);
        return unasked == 0
            ? ""
            : $" {unasked} of {run.Results.Count} questions were not asked; Resume-GenieLoadTest {run.RunId} asks them.";
    }

    private static async Task<CleanupResult> CleanUpAsync(IReadOnlyList<RunTarget> targets, LoadRun run, CancellationToken stop)
    {
        using CancellationTokenSource limit = stop.IsCancellationRequested
            ? new CancellationTokenSource(CleanupAfterStop)
            : CancellationTokenSource.CreateLinkedTokenSource(stop);
        return await ConversationCleanup.RemoveAsync(targets, run, limit.Token).ConfigureAwait(false);
    }
}
