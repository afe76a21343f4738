using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Carries out a plan: releases every question at its planned instant, lets them in as workers become free, and gathers their rows. The
/// plan is never shifted: what starts late is recorded as late.
/// </summary>
public sealed class LoadTestOrchestrator
{
    private readonly object _gate = new();
    private readonly GenieApiClient _client;
    private readonly Plan _plan;
    private readonly IRunObserver _observer;
    private readonly LoadTestOptions _options;
    private readonly QuestionWalk _walk;
    private readonly RunGauge _gauge;
    private readonly Admission _admission;
    private readonly List<QuestionResult> _results = [];
    private readonly TaskCompletionSource _idle = new();
    private RunClock _clock = null!;
    private Exception? _fault;
    private bool _firing = true;
    private bool _starting;
    private int _underway;

    /// <summary>Prepares a run.</summary>
    /// <param name="client">Way to the service; its clock is the run's.</param>
    /// <param name="spaceId">Space to ask.</param>
    /// <param name="plan">What to ask when.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Hears of it.</param>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>.</exception>
    public LoadTestOrchestrator(GenieApiClient client, string spaceId, Plan plan, LoadTestOptions options, IRunObserver observer)
    {
        options.Validate();
        _client = client;
        _plan = plan;
        _options = options;
        _observer = observer;
        _walk = new QuestionWalk(client, spaceId, options);
        _gauge = new RunGauge(plan);
        _admission = new Admission(plan.WorkerCount);
    }

    /// <summary>End of the run, UTC; <see langword="null"/> before.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Runs the plan. Call once.</summary>
    /// <param name="startedAt">Start of the run, UTC: the one reading of the wall clock, from which all instants are reckoned.</param>
    /// <param name="stop">
    /// Stops at once: questions in flight end as <c>Interrupted</c>, the others as <c>NotStarted</c>; what is finished is kept.
    /// </param>
    /// <returns>One row per planned question.</returns>
    public async Task<OrchestratedRun> RunAsync(DateTime startedAt, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _clock = new RunClock(_client.Time, startedAt);
        TimeSpan interval = TimeSpan.FromSeconds(_options.ProgressSeconds);
        await using (_client.Time.CreateTimer(_ => ReportProgress(ended), null, interval, interval).ConfigureAwait(false))
        {
            await FireAsync(ended).ConfigureAwait(false);
            await _idle.Task.ConfigureAwait(false);
        }
        double total = _clock.ElapsedSeconds;
        EndedAt = _clock.Utc(total);
        if (_fault is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_fault);
        ReportProgress(ended);
        QuestionResult[] rows = Rows();
        // A stop that came after the last answer has stopped nothing.
        bool stopped = stop.IsCancellationRequested
            && Array.Exists(rows, row => row.Outcome is Outcome.Interrupted or Outcome.NotStarted);
        return new OrchestratedRun(total, stopped, rows);
    }

    private void ReportProgress(CancellationTokenSource ended) => Tell(() => _observer.OnProgress(_gauge.Read(_clock.ElapsedSeconds)), ended);

    /// <summary>
    /// Tells the observer. When it fails, what is finished can no longer be kept or shown: going on would ask questions whose answers are
    /// lost, so the run stops.
    /// </summary>
    private void Tell(Action what, CancellationTokenSource ended)
    {
        try
        {
            what();
        }
        catch (Exception e)
        {
            _fault ??= e;
            ended.Cancel();
        }
    }

    /// <summary>Releases each question when it is due, whatever the others do.</summary>
    private async Task FireAsync(CancellationTokenSource ended)
    {
        try
        {
            foreach (PlannedQuestion question in _plan.Questions)
            {
                while (question.PlannedSeconds - _clock.ElapsedSeconds is double wait && wait > 0)
                    await Task.Delay(TimeSpan.FromSeconds(wait), _client.Time, ended.Token).ConfigureAwait(false);
                if (ended.IsCancellationRequested)
                    break;
                Release(question, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: nothing more is released.
        }
        bool over;
        lock (_gate)
        {
            _firing = false;
            over = IsOver;
        }
        if (over)
            _idle.TrySetResult();
    }

    private void Release(PlannedQuestion question, CancellationTokenSource ended)
    {
        var ledger = new CallLedger(SeededRandom.For(_plan.Seed, "retry", question.Index))
        {
            Caller = $"Question {question.Index}",
            ThrottleChanged = _gauge.ThrottleChanged,
        };
        var trail = new QuestionTrail(question, _clock.Timestamp(question.PlannedSeconds), ledger) { FiredAt = _client.Time.GetTimestamp() };
        _gauge.Fired();
        lock (_gate)
            _admission.Enqueue(trail);
        StartThoseAdmitted(ended);
    }

    /// <summary>
    /// Starts all that may start. A walk can end before its first wait and so let in the next from within: the loop that is already running
    /// takes it, or a long queue would become a deep stack.
    /// </summary>
    private void StartThoseAdmitted(CancellationTokenSource ended)
    {
        lock (_gate)
        {
            if (_starting)
                return;
            _starting = true;
        }
        while (true)
        {
            QuestionTrail? trail;
            bool over;
            lock (_gate)
            {
                trail = ended.IsCancellationRequested ? null : _admission.Take();
                _starting = trail is not null;
                _underway += trail is null ? 0 : 1;
                over = IsOver;
            }
            if (over)
                _idle.TrySetResult();
            if (trail is null)
                return;
            _gauge.Started();
            _ = CarryAsync(trail, ended);
        }
    }

    private async Task CarryAsync(QuestionTrail trail, CancellationTokenSource ended)
    {
        string? last = null;
        void Seen(string status)
        {
            if (last is null)
                Tell(() => _observer.OnAccepted(trail.Question.Index, trail.ConversationId!, trail.MessageId!), ended);
            _gauge.Changed(last, status);
            last = status;
        }
        Tell(() => _observer.OnStarted(trail.Question.Index, _clock.ElapsedSeconds), ended);
        await _walk.WalkAsync(trail, Seen, ended.Token).ConfigureAwait(false);
        _gauge.Changed(last, null);
        QuestionResult row = QuestionRow.Of(trail, _clock);
        _gauge.Finished(row);
        Tell(() => _observer.OnFinished(row, new QuestionResponses(trail.MessageBody, trail.ResultBodies)), ended);
        lock (_gate)
        {
            _results.Add(row);
            _admission.Release(trail);
            _underway--;
        }
        StartThoseAdmitted(ended);
    }

    /// <summary>Under the lock: whether nothing is released any more and nobody is under way or about to start.</summary>
    private bool IsOver => !_firing && !_starting && _underway == 0;

    /// <summary>One row per planned question: those never asked are said to be so.</summary>
    private QuestionResult[] Rows()
    {
        Dictionary<int, QuestionResult> ended = _results.ToDictionary(row => row.Index);
        return [.. _plan.Questions.Select(q => ended.GetValueOrDefault(q.Index) ?? NotStarted(q)).OrderBy(row => row.Index)];
    }

    private QuestionResult NotStarted(PlannedQuestion question) => new()
    {
        Index = question.Index,
        QuestionId = question.QuestionId,
        Question = question.Text,
        Outcome = Outcome.NotStarted,
        PlannedAt = _clock.Utc(question.PlannedSeconds),
        PlannedOffsetSeconds = question.PlannedSeconds,
        Turn = question.Turn,
    };
}

/// <summary>What an orchestrator brought back.</summary>
/// <param name="TotalSeconds">Seconds from the start to the last question's end.</param>
/// <param name="Stopped">Whether it was told to stop.</param>
/// <param name="Results">One row per planned question, by index.</param>
public sealed record OrchestratedRun(double TotalSeconds, bool Stopped, IReadOnlyList<QuestionResult> Results);
