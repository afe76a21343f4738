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
    private readonly QuestionPacer? _pacer;
    // By the index of the question that each follows.
    private readonly Dictionary<int, PlannedQuestion> _followers;
    private RunClock _clock = null!;
    private Exception? _fault;
    private bool _firing = true;
    private bool _starting;
    private int _underway;
    private int _thinking;
    private bool _waking;

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
        _pacer = plan.QuestionsPerMinute is double pace ? new QuestionPacer(pace, client.Time) : null;
        _admission = new Admission(plan.WorkerCount, _pacer, sheds: plan.Overflow == OverflowRule.Shed);
        _followers = plan.Questions.Where(question => question.AfterIndex is not null).ToDictionary(question => question.AfterIndex!.Value);
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
        // Whoever only waits for the pacer has no wait of its own that would end.
        using CancellationTokenRegistration onStop = ended.Token.Register(() => StartThoseAdmitted(ended));
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
            Break(e, ended);
        }
    }

    private void Break(Exception fault, CancellationTokenSource ended)
    {
        _fault ??= fault;
        ended.Cancel();
    }

    /// <summary>Releases each question when it is due, whatever the others do.</summary>
    private async Task FireAsync(CancellationTokenSource ended)
    {
        try
        {
            foreach (PlannedQuestion question in _plan.Questions.Where(question => question.AfterIndex is null))
            {
                long due = _clock.Timestamp(question.PlannedSeconds);
                await WaitUntilAsync(due, ended.Token).ConfigureAwait(false);
                if (ended.IsCancellationRequested)
                    break;
                Release(question, due, ended);
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
            over = IsOver(ended);
        }
        if (over)
            _idle.TrySetResult();
    }

    /// <summary>Releases a question when the one before it has ended and the time to think has passed.</summary>
    private async Task FollowAsync(PlannedQuestion question, long endOfPrevious, CancellationTokenSource ended)
    {
        long due = endOfPrevious + (long)((question.ThinkSeconds ?? 0) * _client.Time.TimestampFrequency);
        try
        {
            await WaitUntilAsync(due, ended.Token).ConfigureAwait(false);
            if (!ended.IsCancellationRequested)
                Release(question, due, ended);
        }
        catch (OperationCanceledException)
        {
            // Stopped while thinking.
        }
        lock (_gate)
            _thinking--;
        StartThoseAdmitted(ended);
    }

    /// <summary>Looks at the queue again when the pacer lets its first question through. One such wait at a time is enough.</summary>
    private async Task WakeAsync(long at, CancellationTokenSource ended)
    {
        try
        {
            await WaitUntilAsync(at, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the queue is left as it is.
        }
        lock (_gate)
            _waking = false;
        StartThoseAdmitted(ended);
    }

    private async ValueTask WaitUntilAsync(long timestamp, CancellationToken stop)
    {
        while (_client.Time.GetTimestamp() < timestamp)
            await Task.Delay(RunClock.Rest(_client.Time, timestamp), _client.Time, stop).ConfigureAwait(false);
    }

    private void Release(PlannedQuestion question, long dueAt, CancellationTokenSource ended)
    {
        var ledger = new CallLedger(SeededRandom.For(_plan.Seed, "retry", question.Index))
        {
            Caller = $"Question {question.Index}",
            ThrottleChanged = _gauge.ThrottleChanged,
            Pacer = _pacer,
        };
        var trail = new QuestionTrail(question, dueAt, ledger) { FiredAt = _client.Time.GetTimestamp() };
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
            long? wakeAt;
            lock (_gate)
            {
                trail = ended.IsCancellationRequested ? null : _admission.Take(_client.Time.GetTimestamp());
                _starting = trail is not null;
                _underway += trail is null ? 0 : 1;
                over = IsOver(ended);
                wakeAt = trail is null && !ended.IsCancellationRequested && !_waking ? _admission.WakeAt : null;
                _waking |= wakeAt is not null;
            }
            if (wakeAt is long at)
                _ = WakeAsync(at, ended);
            if (over)
                _idle.TrySetResult();
            if (trail is null)
                return;
            if (trail.Worker is null)
            {
                Shed(trail, ended);
                continue;
            }
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
        QuestionResult row = RowOf(trail, ended);
        _gauge.Finished(row);
        Conclude(trail, row, ended);
        StartThoseAdmitted(ended);
    }

    /// <summary>The row of a walk that is over. Should making it fail, the run breaks; it must not wait for this question for ever.</summary>
    private QuestionResult RowOf(QuestionTrail trail, CancellationTokenSource ended)
    {
        try
        {
            return QuestionRow.Of(trail, _clock);
        }
        catch (Exception e)
        {
            Break(e, ended);
            return NotStarted(trail.Question);
        }
    }

    /// <summary>Turns a question away that may not wait for a worker.</summary>
    private void Shed(QuestionTrail trail, CancellationTokenSource ended)
    {
        trail.End(
            Outcome.NotStarted, _client.Time.GetTimestamp(), OverflowRule.ShedErrorType,
            $"Not asked: {_plan.WorkerCount} questions were in flight, as many as may be");
        _gauge.Shed();
        Conclude(trail, RowOf(trail, ended), ended);
    }

    /// <summary>A question is at its end: its row is told and kept, its worker is free, and whoever follows it begins to think.</summary>
    private void Conclude(QuestionTrail trail, QuestionResult row, CancellationTokenSource ended)
    {
        Tell(() => _observer.OnFinished(row, new QuestionResponses(trail.MessageBody, trail.ResultBodies)), ended);
        PlannedQuestion? follower;
        lock (_gate)
        {
            _results.Add(row);
            _admission.Release(trail, _client.Time.GetTimestamp());
            _underway--;
            if (_followers.TryGetValue(trail.Question.Index, out follower))
                _thinking++;
        }
        if (follower is not null)
            _ = FollowAsync(follower, trail.DoneAt!.Value, ended);
    }

    /// <summary>Under the lock: whether nothing is released any more and nobody thinks, waits, is under way or about to start.</summary>
    private bool IsOver(CancellationTokenSource ended) =>
        !_firing && !_starting && _underway == 0 && _thinking == 0 && (ended.IsCancellationRequested || _admission.IsEmpty);

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
        User = question.User,
        IsWarmUp = question.IsWarmUp,
    };
}

/// <summary>What an orchestrator brought back.</summary>
/// <param name="TotalSeconds">Seconds from the start to the last question's end.</param>
/// <param name="Stopped">Whether it was told to stop.</param>
/// <param name="Results">One row per planned question, by index.</param>
public sealed record OrchestratedRun(double TotalSeconds, bool Stopped, IReadOnlyList<QuestionResult> Results);
