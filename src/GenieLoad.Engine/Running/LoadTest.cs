using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// A load test from plan to run: opens the journal, carries out the plan, and reads the figures off the rows. What is finished is on disk
/// at once, whatever happens next.
/// </summary>
public static class LoadTest
{
    // What is set up at the last moment, so that nobody watches a machine that only waits for its start.
    private const double SetUpSeconds = 0.25;

    /// <summary>Runs the plan against one space.</summary>
    /// <param name="client">Way to the service; its clock is the run's.</param>
    /// <param name="connection">Workspace and space to ask.</param>
    /// <param name="plan">What to ask when.</param>
    /// <param name="options">Time limits, polling, grace and what is kept.</param>
    /// <param name="store">Where the run is kept.</param>
    /// <param name="watcher">Hears of it.</param>
    /// <param name="stop">Ends it early and keeps what is finished; the run then ends as <c>Stopped</c>, without an exception.</param>
    /// <param name="rules">Say when the run has to end early; none unless given.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>RunFolderNotWritable</c> before the first question. When the disk refuses later, the run comes back as it
    /// is in memory, and the watcher hears why: <see cref="IRunWatcher.OnNotKept"/>.
    /// </exception>
    public static async Task<LoadRun> RunAsync(
        GenieApiClient client, Connection connection, Plan plan, LoadTestOptions options, RunStore store, IRunWatcher watcher,
        CancellationToken stop, IReadOnlyList<IStopRule>? rules = null) =>
        await RunAsync([new RunTarget(RunConnections.Of([connection])[0], client)], plan, options, store, watcher, stop, rules)
            .ConfigureAwait(false);

    /// <summary>Runs the plan against the spaces that it was made for.</summary>
    /// <param name="targets">The spaces, and the ways there; their clock is the run's.</param>
    /// <param name="plan">What to ask when, and of several spaces where.</param>
    /// <param name="options">Time limits, polling, grace and what is kept.</param>
    /// <param name="store">Where the run is kept.</param>
    /// <param name="watcher">Hears of it.</param>
    /// <param name="stop">Ends it early and keeps what is finished; the run then ends as <c>Stopped</c>, without an exception.</param>
    /// <param name="rules">Say when the run has to end early; none unless given.</param>
    /// <param name="start">When it begins, and which part of the plan it asks; now and all of it unless given.</param>
    /// <exception cref="GenieLoadException">As above; <c>ConnectionMissing</c>, <c>EmptyShard</c> before the first question.</exception>
    public static async Task<LoadRun> RunAsync(
        IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options, RunStore store, IRunWatcher watcher, CancellationToken stop,
        IReadOnlyList<IStopRule>? rules = null, RunStart? start = null)
    {
        using var probe = new ProcessProbe();
        return await RunAsync(targets, plan, options, store, watcher, probe, stop, rules, start).ConfigureAwait(false);
    }

    /// <summary>As above, with the generator looked at by another pair of eyes.</summary>
    internal static async Task<LoadRun> RunAsync(
        IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options, RunStore store, IRunWatcher watcher,
        IGeneratorProbe probe, CancellationToken stop, IReadOnlyList<IStopRule>? rules = null, RunStart? start = null)
    {
        options.Validate();
        start ??= RunStart.Now;
        Plan own = PlanShards.Of(plan, start.Shard);
        RunTargets.Check(targets, own);
        TimeProvider time = targets[0].Client.Time;
        DateTime openedAt = time.GetUtcNow().UtcDateTime;
        RunFolder folder = store.Create(plan.ScenarioName, openedAt);
        // A process that dies on the way leaves the header of now.
        RunHeader header = start.Of(HeaderOf(folder, targets, own, options), openedAt) with { PlanHash = PlanHash.Of(plan) };
        // Every shard keeps the whole plan: each can tell what the others were to ask.
        Plan kept = options.ExcludeText ? TextRemoval.From(plan) : plan;
        await using var journal = RunJournal.Open(folder, header, kept, options.Settings, time, WaitsElsewhere(time));
        watcher.OnBegin(header.RunId, folder.Path);
        await start.WaitAsync(time, watcher, stop, SetUpSeconds).ConfigureAwait(false);
        var orchestrator = new LoadTestOrchestrator(targets, own, options, new JournaledRun(journal, watcher, options.ExcludeText), rules);
        await using GeneratorWatch watch = GeneratorWatch.Start(time, probe);
        await using WarehouseWatch warehouses = WarehouseWatch.Start(targets, time);
        await using SteeringWatch steering = SteeringWatch.Start(orchestrator, journal, time);
        await start.WaitAsync(time, watcher, stop).ConfigureAwait(false);
        DateTime now = time.GetUtcNow().UtcDateTime;
        header = start.Of(header, now);
        journal.Begin(header);
        OrchestratedRun run = await CarryOutAsync(orchestrator, journal, now, null, header.StartedAt, stop).ConfigureAwait(false);
        return await ConcludeAsync(
            header, PlanShards.Of(kept, start.Shard), orchestrator, run, journal, watcher, await watch.EndAsync().ConfigureAwait(false),
            await warehouses.EndAsync().ConfigureAwait(false), await steering.EndAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>
    /// Resumes a run that came to an early end, on the same plan: finished questions stay, open ones are looked up, and the rest is
    /// asked. No time of the run has passed in between.
    /// </summary>
    /// <param name="targets">The spaces of the run, and the ways there; their clock is the run's.</param>
    /// <param name="unfinished">The run.</param>
    /// <param name="options">How; see <see cref="LoadTestOptions.Of"/>.</param>
    /// <param name="resendAmbiguous">Whether questions are asked again of which nobody knows whether they were taken.</param>
    /// <param name="watcher">Hears of it.</param>
    /// <param name="stop">Ends it early and keeps what is finished; the run then ends as <c>Stopped</c>, without an exception.</param>
    /// <param name="rules">Say when the run has to end early; none unless given.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>ConnectionMissing</c>, <c>RunStillRunning</c>, <c>RunFolderNotWritable</c>.
    /// </exception>
    public static async Task<LoadRun> ResumeAsync(
        IReadOnlyList<RunTarget> targets, UnfinishedRun unfinished, LoadTestOptions options, bool resendAmbiguous, IRunWatcher watcher,
        CancellationToken stop, IReadOnlyList<IStopRule>? rules = null)
    {
        using var probe = new ProcessProbe();
        return await ResumeAsync(targets, unfinished, options, resendAmbiguous, watcher, probe, stop, rules).ConfigureAwait(false);
    }

    /// <summary>As above, with the generator looked at by another pair of eyes.</summary>
    internal static async Task<LoadRun> ResumeAsync(
        IReadOnlyList<RunTarget> targets, UnfinishedRun unfinished, LoadTestOptions options, bool resendAmbiguous, IRunWatcher watcher,
        IGeneratorProbe probe, CancellationToken stop, IReadOnlyList<IStopRule>? rules = null)
    {
        options.Validate();
        RunHeader header = HeaderOf(unfinished, options);
        Plan plan = unfinished.Run.Plan;
        RunTargets.Check(targets, plan);
        TimeProvider time = targets[0].Client.Time;
        await using var journal = RunJournal.Reopen(unfinished, header, options.Settings, time, WaitsElsewhere(time));
        watcher.OnBegin(header.RunId, unfinished.Run.RunPath!);
        // It may have been stopped while it waited for its start.
        await new RunStart { At = header.StartedAt }.WaitAsync(time, watcher, stop).ConfigureAwait(false);
        QuestionResult[] given = [.. unfinished.Lost.Where(row => IsGivenUp(row, resendAmbiguous)).Select(GivenUp)];
        foreach (QuestionResult row in given)
            journal.Append(row);
        var resume = new ResumePoint(unfinished.OffsetSeconds, [.. unfinished.Finished, .. given], unfinished.Open);
        var orchestrator = new LoadTestOrchestrator(
            targets, plan, options, new JournaledRun(journal, watcher, options.ExcludeText), rules);
        await using GeneratorWatch watch = GeneratorWatch.Start(time, probe);
        await using WarehouseWatch warehouses = WarehouseWatch.Start(targets, time, unfinished.OffsetSeconds);
        await using SteeringWatch steering = SteeringWatch.Start(orchestrator, journal, time);
        OrchestratedRun run = await CarryOutAsync(
            orchestrator, journal, time.GetUtcNow().UtcDateTime, resume, header.StartedAt, stop).ConfigureAwait(false);
        GeneratorRecord generator = await watch.EndAsync().ConfigureAwait(false);
        return await ConcludeAsync(
            header, plan, orchestrator, run, journal, watcher, generator.With(unfinished.Generator),
            [.. unfinished.Run.WarehouseSamples, .. await warehouses.EndAsync().ConfigureAwait(false)],
            [.. unfinished.Run.Changes, .. await steering.EndAsync().ConfigureAwait(false)],
            unfinished.Manifest.Clock).ConfigureAwait(false);
    }

    /// <summary>What follows a wait on a pacing clock must not wait for a disk.</summary>
    private static bool WaitsElsewhere(TimeProvider time) => time is PacingClock;

    /// <summary>
    /// Whether a question of which nobody knows whether it was taken is not asked again. What has a message id was taken, also where that
    /// id can be none to look it up by.
    /// </summary>
    /// <param name="row">Its row.</param>
    /// <param name="resendAmbiguous">Whether such questions are asked again.</param>
    internal static bool IsGivenUp(QuestionResult row, bool resendAmbiguous) => !resendAmbiguous || row.MessageId is not null;

    /// <summary>The question was on its way when its process died; asked again it might be asked twice.</summary>
    private static QuestionResult GivenUp(QuestionResult row) => row with
    {
        Outcome = Outcome.Ambiguous,
        ErrorType = AskedQuestions.RunEndedErrorType,
        ErrorText = "The run was interrupted while the question was being sent; whether it was accepted is not known",
        // Its end is nowhere: where it began is the last that is known.
        CompletedOffsetSeconds = row.StartedOffsetSeconds,
        CompletedAt = row.StartedAt,
    };

    private static async Task<LoadRun> ConcludeAsync(
        RunHeader header, Plan plan, LoadTestOrchestrator orchestrator, OrchestratedRun run, RunJournal journal, IRunWatcher watcher,
        GeneratorRecord generator, IReadOnlyList<WarehouseSample> warehouses, IReadOnlyList<RunChange> changes,
        ClockReading? before = null)
    {
        RunStatus status = new(
            run.StoppedBy is null ? RunState.Completed : RunState.Stopped, orchestrator.EndedAt, run.TotalSeconds)
        {
            StopCause = run.StoppedBy?.Cause,
            Reason = journal.Failure?.Message ?? run.StoppedBy?.Reason,
            Generator = generator,
            Clock = ClockReader.Joined(before, orchestrator.Clock),
            WarehouseSamples = warehouses,
            Interruptions = journal.Interruptions,
            Changes = changes,
        };
        try
        {
            await journal.CompleteAsync(status).ConfigureAwait(false);
        }
        catch (GenieLoadException failure)
        {
            status = status with { State = RunState.Stopped, StopCause = StopCause.Fault, Reason = failure.Message };
            watcher.OnNotKept(failure);
        }
        return RunSummarizer.Summarize(header, plan, run.Results, status, journal.Folder.Path);
    }

    private static RunHeader HeaderOf(
        RunFolder folder, IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options)
    {
        RunConnection[] connections = plan.Connections is { } several
            ? [.. several.Select(planned => WithWarehouse(planned, targets.First(target => target.Connection.Name == planned.Name)))]
            : [targets[0].Connection with { QuestionCount = plan.QuestionCount }];
        return new RunHeader
        {
            RunId = folder.Name,
            Name = plan.Name,
            ScenarioName = plan.ScenarioName,
            WorkspaceUrl = Joined(connections, connection => connection.WorkspaceUrl),
            SpaceId = Joined(connections, connection => connection.SpaceId),
            IsSimulator = connections.All(connection => connection.IsSimulator),
            Connections = new RowList<RunConnection>(connections),
            StartedAt = default,
            PollPolicy = options.Poll.ToString(),
            RetryPolicy = options.Retry.ToString(),
            ExpectedAnswers = options.Expected is null
                ? null
                : new RowList<ExpectedAnswer>(
                    [.. options.ExcludeText ? options.Expected.Answers.Select(TextRemoval.From) : options.Expected.Answers]),
        };
    }

    /// <summary>A connection as it was planned, and its warehouse as it was found.</summary>
    private static RunConnection WithWarehouse(RunConnection planned, RunTarget target) => target.Connection with
    {
        SpaceTitle = planned.SpaceTitle, Weight = planned.Weight, QuestionCount = planned.QuestionCount,
    };

    /// <summary>Times of one run that was carried out in two ways do not compare with those of another: the header says so.</summary>
    private static RunHeader HeaderOf(UnfinishedRun unfinished, LoadTestOptions options)
    {
        RunHeader header = unfinished.Header;
        return header with
        {
            PollPolicy = options.Poll == unfinished.Settings.Poll ? header.PollPolicy : Changed(header.PollPolicy, options.Poll),
            RetryPolicy = (unfinished.Settings.Retry ?? new RetryOptions()) == options.Retry
                ? header.RetryPolicy
                : Changed(header.RetryPolicy, options.Retry),
        };

        static string Changed(string? before, object after) => $"{before ?? "unknown"}; resumed with {after}";
    }

    private static string Joined(IReadOnlyList<RunConnection> connections, Func<RunConnection, string> part) =>
        string.Join(", ", connections.Select(part).Distinct());

    /// <summary>Carries out the plan; when that breaks, the folder says why before the exception goes on.</summary>
    private static async Task<OrchestratedRun> CarryOutAsync(
        LoadTestOrchestrator orchestrator, RunJournal journal, DateTime now, ResumePoint? resume, DateTime startAt, CancellationToken stop)
    {
        try
        {
            return await orchestrator.RunAsync(now, startAt, resume, stop, journal.Failed).ConfigureAwait(false);
        }
        catch (Exception) when (journal.Failure is not null && orchestrator.Carried is not null)
        {
            // What is finished is in memory.
            return orchestrator.Carried;
        }
        catch (Exception e) when (journal.Failure is null)
        {
            DateTime endedAt = orchestrator.EndedAt ?? now;
            var status = new RunStatus(RunState.Stopped, endedAt, orchestrator.ElapsedSeconds)
            {
                StopCause = StopCause.Fault,
                Reason = e.Message,
                Interruptions = journal.Interruptions,
            };
            await journal.CompleteAsync(status).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Brings everything to the journal first, then to whoever watches.</summary>
    private sealed class JournaledRun(RunJournal journal, IRunWatcher watcher, bool excludesText) : IRunObserver
    {
        public ValueTask OnStarted(int index, double offsetSeconds) => journal.Started(index, offsetSeconds);

        public void OnAccepted(int index, string conversationId, string messageId) => journal.Accepted(index, conversationId, messageId);

        public void OnFinished(QuestionResult result, QuestionResponses responses)
        {
            if (excludesText)
                responses.Released?.Invoke();
            journal.Append(result, excludesText ? null : responses);
            watcher.OnFinished(result);
        }

        public void OnProgress(RunProgress progress) => watcher.OnProgress(progress);
    }
}
