using System.Globalization;
using System.Security.Cryptography;
using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// Finds how many people a space supports: measures a baseline where there is none, predicts, and tests the prediction with simulated
/// people until a number that holds and one that does not are close enough. Every step is a run of its own, kept like any other.
/// </summary>
public sealed class CapacitySession
{
    private const int MostProbes = 12;

    // Each probe keeps the questions, and what is larger than 16 MB is not read.
    private const long MostKeptText = 2_000_000;

    // From a stop to the end of the step that it stops.
    private static readonly TimeSpan StepStop = TimeSpan.FromSeconds(20);

    private readonly CapacitySessionRequest _request;
    private readonly Connection _connection;
    private readonly string _spaceId;
    private readonly CapacitySearch? _resumed;
    private readonly List<ProbeOutcome> _probes = [];
    private readonly int _seed;
    private readonly StepWatcher _watcher;
    private Func<Connection, TimeProvider, GenieApiClient> _open = null!;
    private TimeProvider? _clock;
    private int _spent;
    private double _seconds;
    // Probes that were begun, also those that decided nothing: each has random numbers, and unique questions, of its own.
    private int _made;
    private bool _isOver;

    /// <summary>Prepares it; nothing is sent.</summary>
    /// <param name="request">What is measured, and how.</param>
    /// <param name="connection">The connection to the space.</param>
    /// <exception cref="GenieLoadException">As <see cref="CapacitySessionRequest.Validate"/>, <c>NoSpace</c>, <c>OtherMode</c>.</exception>
    public CapacitySession(CapacitySessionRequest request, Connection connection)
        : this(request, connection, null)
    {
    }

    private CapacitySession(CapacitySessionRequest request, Connection connection, StoredSearch? stored)
    {
        request.Validate();
        _request = request;
        _connection = connection;
        _spaceId = stored?.Runs[^1].SpaceId ?? AskedSpace.Of(null, connection);
        _watcher = new StepWatcher(this);
        _seed = stored?.Search.Seed ?? request.Seed ?? Random.Shared.Next(1, 1 << 30);
        if (stored is null)
        {
            request.CheckModeOfRun();
            return;
        }
        _resumed = stored.Search;
        _spent = stored.Search.BaselineQuestions + stored.Runs.Sum(run => run.Results.Count(AskedQuestions.IsAsked));
        _seconds = stored.Search.BaselineSeconds + stored.Runs.Sum(run => run.TotalDurationSeconds);
        // What was broken off is asked again: its people no longer meet the queue that they had built up.
        ServiceLevel[] levels = CapacityBasis.LevelsOf(request.Prediction);
        _probes.AddRange(stored.Runs.Where(run => run.State is RunState.Completed or RunState.Stopped)
            .Select(run => ProbeOutcome.Of(run, levels))
            .Where(probe => probe.Run.StopCause is StopCause.Decided or null || probe.Test.Verdict != Verdict.Undecided));
        _made = stored.Runs.Count;
    }

    /// <summary>Longest time from a stop to the end of the session.</summary>
    public TimeSpan LongestStop => StepStop + TimeSpan.FromSeconds(_request.Run.StopGraceSeconds);

    /// <summary>Most questions that it sends, beside those of what it resumes.</summary>
    public int MostAsked => _request.PredictsOnly
        ? Math.Min(_request.BaselineQuestions, _request.MostQuestions)
        : Math.Max(0, _request.MostQuestions - _spent);

    /// <summary>Told how far it is.</summary>
    public Action<CapacityProgress>? Progress { get; set; }

    /// <summary>Told of trouble that does not keep it from its end.</summary>
    public Func<string, Task>? Warn { get; set; }

    /// <summary>The newest run of the session; <see langword="null"/> before the first.</summary>
    public string? LatestRunId => _watcher.RunId;

    /// <summary>How calls are tried again.</summary>
    public RetryOptions Retry => _request.Run.Retry;

    /// <summary>How to go on once it was stopped; <see langword="null"/> before its first run.</summary>
    public string? StopNotice => _isOver || _watcher.RunPath is not string path ? null
        : IsProbing ? $"The measurement was stopped. To continue: Measure-GenieCapacity -Resume {SessionsErrors.Quoted(path)}"
        : _watcher.AnsweredCount < CapacityBasis.FewestAnswers ? "The measurement was stopped."
        : $"The measurement was stopped. To continue with its baseline: Measure-GenieCapacity -From {SessionsErrors.Quoted(path)}";

    /// <summary>Whether that run is a probe, from which the search can be resumed.</summary>
    public bool IsProbing { get; private set; }

    /// <summary>Prepares what is left of a search that came to an early end.</summary>
    /// <param name="probe">Any run of the search.</param>
    /// <param name="request">
    /// How it goes on: budget, store and connection are its own; levels, think time, limit, seed and questions are those of the search.
    /// </param>
    /// <param name="connection">The connection to the space.</param>
    /// <param name="options">How questions are carried out, from how they were; as they were unless given.</param>
    /// <param name="warn">Told of what cannot be read.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotAProbe</c>, <c>BaselineMissing</c>, <c>CannotResume</c>, <c>OtherWorkspace</c>, and those of a new one.
    /// </exception>
    public static CapacitySession Resume(
        LoadRun probe, CapacitySessionRequest request, Connection connection,
        Func<LoadTestOptions, LoadTestOptions>? options = null, Action<string>? warn = null)
    {
        StoredSearch stored = StoredSearch.Of(probe, request.Store, request.Prediction.Run, warn);
        if (!string.Equals(connection.WorkspaceUrl, probe.WorkspaceUrl, StringComparison.OrdinalIgnoreCase))
            throw SessionsErrors.OtherWorkspace(probe, connection.WorkspaceUrl);
        return new CapacitySession(stored.Complete(request, options), connection, stored);
    }

    /// <summary>What it will do, for people.</summary>
    public string Describe()
    {
        int first = Math.Min(_request.BaselineQuestions, _request.MostQuestions);
        string baseline = _request.Prediction.Run is null ? $"Ask {first} baseline questions, and predict" : "Predict";
        return _request.PredictsOnly
            ? baseline
            : $"{baseline}, then test with simulated people, {MostAsked} questions at most";
    }

    /// <summary>Carries it out.</summary>
    /// <param name="open">Opens the way to a workspace, with a clock for its waits.</param>
    /// <param name="stop">Ends it; what was asked is kept.</param>
    /// <exception cref="GenieLoadException">What keeps a step from running, <c>MeasurementStopped</c>.</exception>
    public Task<SpaceCapacity> RunAsync(Func<Connection, TimeProvider, GenieApiClient> open, CancellationToken stop) =>
        RunAsync(open, null, stop);

    /// <summary>As above, on a clock of the caller's.</summary>
    internal async Task<SpaceCapacity> RunAsync(
        Func<Connection, TimeProvider, GenieApiClient> open, TimeProvider? clock, CancellationToken stop)
    {
        _open = open;
        _clock = clock;
        LoadRun baseline = _request.Prediction.Run ?? await BaselineAsync(stop).ConfigureAwait(false);
        CapacityBasis basis = CapacityBasis.Of(_request.Prediction, baseline);
        (SpaceCapacity capacity, ClosedForecast? closed) = CapacityPrediction.Of(basis, _request.Prediction);
        if (closed is null || _request.PredictsOnly || closed.People is null)
        {
            _isOver = true;
            return capacity with { QuestionsSpent = _spent, DurationSeconds = _seconds };
        }
        CapacitySearch search = _resumed ?? SearchOf(basis);
        string end = await ProbeAsync(search, basis, closed, stop).ConfigureAwait(false);
        _isOver = true;
        return CapacityReport.Of(capacity, basis, _request.Prediction.Slo, _probes, end) with
        {
            QuestionsSpent = _spent,
            DurationSeconds = _seconds,
        };
    }

    private async Task<LoadRun> BaselineAsync(CancellationToken stop)
    {
        AdmissionLimit limit = CapacityBasis.LimitOf(_request.Prediction, null, out _);
        Plan plan = BaselinePlan.Of(
            Math.Min(_request.BaselineQuestions, _request.MostQuestions), limit, _request.Asked, _seed);
        return await StepAsync(plan, [], null, () => $"Baseline of {plan.QuestionCount} questions", stop).ConfigureAwait(false);
    }

    /// <summary>Probes until the bracket is narrow or the budget is used up, and says why it ended.</summary>
    private async Task<string> ProbeAsync(CapacitySearch search, CapacityBasis basis, ClosedForecast closed, CancellationToken stop)
    {
        while (true)
        {
            BracketStep next = CapacityReport.BracketOf(basis.Levels, closed.People!.Value, _probes).Next();
            if (next.People is not int people)
                return $"The search ended: {next.Reason}.";
            int seed = _seed + 1 + _made;
            IReadOnlyList<double> starts = closed.Starts(people, seed);
            if (ReasonToEnd(basis, starts) is string reason)
                return reason;
            _made++;
            Plan plan = ProbePlan.Of(
                starts, ProbeTest.MostAnswers(basis.Levels, people), basis.Think!, basis.Limit, _request.Asked, seed);
            var rule = new ProbeRule(plan, basis.Levels);
            await RestAsync(basis.Limit, stop).ConfigureAwait(false);
            LoadRun run = await StepAsync(
                plan, [rule], search, () => string.Create(CultureInfo.InvariantCulture,
                    $"Probe {_probes.Count + 1} with {people} people: {rule.Latest?.Deciding.Misses ?? 0} of "
                        + $"{rule.Latest?.Deciding.Answers ?? 0} answers missed"),
                stop).ConfigureAwait(false);
            _probes.Add(ProbeOutcome.Of(run, basis.Levels));
        }
    }

    private string? ReasonToEnd(CapacityBasis basis, IReadOnlyList<double> starts)
    {
        int left = _request.MostQuestions - _spent;
        int people = starts.Count;
        int needed = ProbeTest.LeastAnswers(basis.Levels, people) + starts.Count(start => start <= 0);
        if (left < needed)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"The search ended: a probe with {people} people needs {needed} questions to pass, and {Math.Max(0, left)} of "
                    + $"{_request.QuestionBudget} are left.");
        }
        if (_seconds + RestSeconds(basis.Limit) >= _request.MaximumSeconds)
            return string.Create(CultureInfo.InvariantCulture,
                $"The search ended after {_seconds:0} s; -MaximumDuration allows {_request.MaximumSeconds:0} s.");
        return _probes.Count >= MostProbes ? $"The search ended after {MostProbes} probes." : null;
    }

    /// <summary>The people of a probe begin in front of a limit that is at rest.</summary>
    private async Task RestAsync(AdmissionLimit limit, CancellationToken stop)
    {
        double seconds = RestSeconds(limit);
        if (seconds == 0)
            return;
        Report(string.Create(CultureInfo.InvariantCulture, $"Resting for {seconds:0.#} s, so that the limit is at rest"));
        await RunClock.Sleep(_clock ?? TimeProvider.System, seconds, stop).ConfigureAwait(false);
        _seconds += seconds;
    }

    private static double RestSeconds(AdmissionLimit limit) => limit.IsNone ? 0 : limit.Burst * 60 / limit.LowerPerMinute;

    /// <summary>Carries out one run, and counts what it has cost.</summary>
    private async Task<LoadRun> StepAsync(
        Plan plan, IReadOnlyList<IStopRule> rules, CapacitySearch? search, Func<string> words, CancellationToken stop)
    {
        _watcher.Words = words;
        _watcher.IsProbe = search is not null;
        SessionOptions options = new()
        {
            Run = _request.Run with { Search = search },
            Budget = new RunBudget
            {
                MaximumQuestions = _request.MaximumQuestions,
                MaximumCostDbu = _request.MaximumCostDbu,
                QuestionsBefore = _spent,
                MaximumDurationSeconds = _request.MaximumSeconds,
                SecondsBefore = _seconds,
            },
            IncludesStatements = _request.IncludesStatements,
            RemovesConversations = !_request.KeepsConversations,
        };
        using var step = new PlannedLoadTest(plan, _spaceId, options, _request.Store, rules);
        step.Use([_connection]);
        Task carried = _clock is null ? step.RunAsync(_open, _watcher, stop) : step.RunAsync(_open, _clock, _watcher, stop);
        await carried.ConfigureAwait(false);
        LoadRun run = _watcher.Run!;
        _spent += run.Results.Count(AskedQuestions.IsAsked);
        _seconds += run.TotalDurationSeconds;
        stop.ThrowIfCancellationRequested();
        return run.StopCause is StopCause.Service or StopCause.Fault ? throw SessionsErrors.MeasurementStopped(run, IsProbing) : run;
    }

    private CapacitySearch SearchOf(CapacityBasis basis) => new()
    {
        Id = Convert.ToHexString(RandomNumberGenerator.GetBytes(6)).ToLowerInvariant(),
        Slo = [.. _request.Prediction.Slo],
        ThinkTime = _request.Prediction.ThinkTime,
        LimitPerMinute = basis.Limit.PerMinute,
        LimitLowerPerMinute = basis.Limit.LowerPerMinute,
        LimitUpperPerMinute = basis.Limit.UpperPerMinute,
        LimitBurst = basis.Limit.Burst,
        LimitSource = basis.Words[0],
        BaselineRunId = basis.RunId,
        BaselineQuestions = _spent,
        BaselineSeconds = _seconds,
        Seed = _seed,
        Questions = _request.Run.ExcludeText || TextLength(_request.Asked.Questions) > MostKeptText
            ? null
            : [.. _request.Asked.Questions.Select(Asked)],
        TurnsPerConversation = _request.TurnsPerConversation,
        Mode = _request.Mode,
        ModeWeight = _request.ModeWeight,
        IsUnique = _request.UniqueQuestion,
    };

    /// <summary>
    /// What a further step needs of a question; who asked it once, and what answers it, is nobody's business in every probe.
    /// </summary>
    private static Question Asked(Question question) =>
        new() { Id = question.Id, Text = question.Text, Weight = question.Weight, Conversation = question.Conversation };

    private static long TextLength(IReadOnlyList<Question> questions) => questions.Sum(question => (long)question.Text.Length);

    private void Report(string status) => Progress?.Invoke(new CapacityProgress(status, _spent, _request.MostQuestions));

    /// <summary>Watches one step, and shows it as a part of the whole.</summary>
    private sealed class StepWatcher(CapacitySession session) : ISessionWatcher
    {
        public Func<string> Words { get; set; } = () => "";

        public LoadRun? Run { get; private set; }

        public string? RunId { get; private set; }

        public string? RunPath { get; private set; }

        public bool IsProbe { get; set; }

        public void OnBegin(string runId, string runPath)
        {
            (RunId, RunPath) = (runId, runPath);
            session.IsProbing = IsProbe;
        }

        public int AnsweredCount { get; private set; }

        public void OnFinished(QuestionResult result) => AnsweredCount += result.Success ? 1 : 0;

        public void OnProgress(RunProgress progress) => session.Progress?.Invoke(new CapacityProgress(
            Words(), session._spent + progress.InFlight + progress.Succeeded + progress.Failed, session._request.MostQuestions));

        public Task OnRunAsync(LoadRun run)
        {
            Run = run;
            return Task.CompletedTask;
        }

        public void OnNotKept(GenieLoadException failure)
        {
            // The run says it too, as the fault that ended it.
        }

        public Task WarnAsync(string text) => session.Warn?.Invoke(text) ?? Task.CompletedTask;

        // What the service refuses for good ends the measurement, with an error that says so.
        public Task ErrorAsync(GenieLoadException failure) => Task.CompletedTask;
    }
}
