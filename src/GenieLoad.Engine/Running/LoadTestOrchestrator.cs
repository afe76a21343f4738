using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Carries out a plan: releases every question at its planned instant, lets them in as workers become free, and gathers their rows. The
/// plan is never shifted: what starts late is recorded as late.
/// </summary>
public sealed partial class LoadTestOrchestrator
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Plan _plan;
    private readonly IRunObserver _observer;
    private readonly LoadTestOptions _options;
    private readonly RunTargets _targets;
    private readonly RunGauge _gauge;
    private readonly Admission _admission;
    private readonly List<QuestionResult> _results = [];
    private readonly TaskCompletionSource _idle = new();
    private readonly QuestionPacer? _pacer;
    private readonly IReadOnlyList<IStopRule> _rules;
    private RunBrake _brake = null!;
    private RunAudience _audience = null!;
    // By the index of the question that each follows.
    private readonly Dictionary<int, PlannedQuestion> _followers;
    // Indexes of the questions that a run before its resumption had sent.
    private readonly HashSet<int> _restored = [];
    private RunClock _clock = null!;
    private bool _firing = true;
    private bool _starting;
    private int _underway;
    private int _started;
    private int _thinking;
    private bool _waking;
    // What was due before has been held up by the interruption, not by a late generator.
    private long _resumedAt = long.MinValue;

    /// <summary>Prepares a run.</summary>
    /// <param name="targets">The spaces to ask, and the ways there; their clock is the run's.</param>
    /// <param name="plan">What to ask when.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="rules">Say when the run has to end early; none unless given.</param>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>ConnectionMissing</c>.</exception>
    public LoadTestOrchestrator(
        IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options, IRunObserver observer, IReadOnlyList<IStopRule>? rules = null)
    {
        options.Validate();
        _targets = new RunTargets(targets, plan, options);
        _time = _targets.Time;
        _plan = plan;
        _options = options;
        _observer = observer;
        _rules = rules ?? [];
        _gauge = new RunGauge(plan, _time);
        _pacer = plan.QuestionsPerMinute is double pace ? new QuestionPacer(pace, _time) : null;
        _admission = new Admission(plan.WorkerCount, _pacer, sheds: plan.Overflow == OverflowRule.Shed);
        _followers = plan.Questions.Where(question => question.AfterIndex is not null).ToDictionary(question => question.AfterIndex!.Value);
    }

    /// <summary>End of the run, UTC; <see langword="null"/> before.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>What was carried out, also where an exception came out of it; <see langword="null"/> before its end.</summary>
    public OrchestratedRun? Carried { get; private set; }

    /// <summary>Seconds of the run that have passed; 0 before it.</summary>
    public double ElapsedSeconds => _clock is null ? 0 : _clock.ElapsedSeconds;

    /// <summary>Runs the plan. Call once.</summary>
    /// <param name="now">The one reading of the wall clock, UTC, from which all instants are reckoned: the start of the run, or its resumption.</param>
    /// <param name="resume">Where a run goes on that had come to an early end; <see langword="null"/> for a new one.</param>
    /// <param name="stop">
    /// Its user wants it to end: nothing more is sent, and questions in flight have the options' grace; those that are not at their end by then
    /// are <c>Interrupted</c>, the others <c>NotStarted</c>. What is finished is kept.
    /// </param>
    /// <param name="abort">As <paramref name="stop"/>, for trouble of our own: without any grace.</param>
    /// <returns>The row of every question that was asked or turned away.</returns>
    public async Task<OrchestratedRun> RunAsync(DateTime now, ResumePoint? resume, CancellationToken stop, CancellationToken abort = default)
    {
        using var brake = new RunBrake(_time);
        _brake = brake;
        _audience = new RunAudience(_observer, _rules, brake);
        _clock = new RunClock(_time, now, resume?.OffsetSeconds ?? 0);
        if (resume is not null)
            Restore(resume);
        // Whoever only waits for the pacer has no wait of its own that would end.
        using CancellationTokenRegistration onEnd = brake.NoMore.Register(() => Count(StartThoseAdmitted));
        using CancellationTokenRegistration onStop = stop.Register(
            () => brake.Guard(() => brake.Apply(new StopOrder(StopCause.User, "Stopped by its user.", _options.StopGraceSeconds))));
        using CancellationTokenRegistration onAbort = abort.Register(brake.Abort);
        using IDisposable? onFault = (_time as PacingClock)?.OnFault(brake.Break);
        TimeSpan interval = TimeSpan.FromSeconds(_options.ProgressSeconds);
        await using (_time.CreateTimer(_ => ReportProgress(), null, interval, interval).ConfigureAwait(false))
        {
            await FireAsync(resume?.Open ?? []).ConfigureAwait(false);
            await _idle.Task.ConfigureAwait(false);
        }
        double total = _clock.ElapsedSeconds;
        EndedAt = _clock.Utc(total);
        ReportProgress();
        // An order that came after the last answer has ended nothing.
        bool stopped = _results.Count < _plan.QuestionCount || _results.Exists(UnfinishedQuestion.IsOneOf);
        Carried = new OrchestratedRun(total, stopped || brake.Fault is not null ? brake.Order : null, [.. _results.OrderBy(row => row.Index)]);
        if (brake.Fault is Exception fault)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return Carried;
    }

    private void ReportProgress() => _brake.Guard(() =>
    {
        RunProgress progress = _gauge.Read(_clock.ElapsedSeconds);
        _audience.Tell(observer => observer.OnProgress(progress));
        _audience.Ask(rule => rule.Progressed(progress));
    });

    /// <summary>Acts on the run's own books. Should that fail, nobody can tell any more when the last question has ended: the run is over at once.</summary>
    private void Count(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            _brake.Break(e);
            _idle.TrySetResult();
        }
    }

    /// <summary>Releases each question when it is due, whatever the others do.</summary>
    private async Task FireAsync(IReadOnlyList<QuestionResult> open)
    {
        try
        {
            foreach (QuestionResult question in open)
                Reattach(question);
            foreach (PlannedQuestion question in _plan.Questions.Where(question => question.AfterIndex is null && !_restored.Contains(question.Index)))
            {
                long due = _clock.Timestamp(question.PlannedSeconds);
                await WaitUntilAsync(due, _brake.NoMore).ConfigureAwait(false);
                if (_brake.NoMore.IsCancellationRequested)
                    break;
                Release(question, due);
            }
        }
        catch (OperationCanceledException) when (_brake.NoMore.IsCancellationRequested)
        {
            // Stopped: nothing more is released.
        }
        catch (Exception e)
        {
            _brake.Break(e);
        }
        bool over;
        lock (_gate)
        {
            _firing = false;
            over = IsOver();
        }
        if (over)
            _idle.TrySetResult();
    }

    /// <summary>Releases a question when the one before it has ended and the time to think has passed.</summary>
    private async Task FollowAsync(PlannedQuestion question, long endOfPrevious)
    {
        long due = endOfPrevious + (long)((question.ThinkSeconds ?? 0) * _time.TimestampFrequency);
        await AtAsync(due, () => Release(question, due)).ConfigureAwait(false);
        lock (_gate)
            _thinking--;
        Count(StartThoseAdmitted);
    }

    /// <summary>Looks at the queue again when the pacer lets its first question through. One such wait at a time is enough.</summary>
    private async Task WakeAsync(long at)
    {
        await AtAsync(at, static () => { }).ConfigureAwait(false);
        lock (_gate)
            _waking = false;
        Count(StartThoseAdmitted);
    }

    /// <summary>Acts at an instant, unless the run is stopped before.</summary>
    private async Task AtAsync(long timestamp, Action act)
    {
        try
        {
            await WaitUntilAsync(timestamp, _brake.NoMore).ConfigureAwait(false);
            if (!_brake.NoMore.IsCancellationRequested)
                act();
        }
        catch (OperationCanceledException) when (_brake.NoMore.IsCancellationRequested)
        {
            // Stopped while waiting.
        }
        catch (Exception e)
        {
            _brake.Break(e);
        }
    }

    private async ValueTask WaitUntilAsync(long timestamp, CancellationToken stop)
    {
        while (_time.GetTimestamp() < timestamp)
            await Task.Delay(RunClock.Rest(_time, timestamp), _time, stop).ConfigureAwait(false);
    }

    private void Release(PlannedQuestion question, long dueAt)
    {
        QuestionTrail trail = NewTrail(question, dueAt);
        _gauge.Fired();
        lock (_gate)
            _admission.Enqueue(trail);
        Count(StartThoseAdmitted);
    }

    private QuestionTrail NewTrail(PlannedQuestion question, long dueAt)
    {
        var calls = new CallPolicy(SeededRandom.For(_plan.Seed, "retry", question.Index))
        {
            Caller = $"Question {question.Index}",
            ThrottleChanged = _gauge.ThrottleChanged,
            Turn = _pacer is null ? null : _pacer.Take,
            NoMore = _brake.NoMore,
        };
        return new QuestionTrail(question, dueAt, calls)
        {
            Connection = _targets.NameOf(question), Memory = _targets.Memory, FiredAt = dueAt < _resumedAt ? dueAt : _time.GetTimestamp(),
        };
    }

    /// <summary>
    /// Starts all that may start. A walk can end before its first wait and so let in the next from within: the loop that is already running
    /// takes it, or a long queue would become a deep stack.
    /// </summary>
    private void StartThoseAdmitted()
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
                trail = _brake.NoMore.IsCancellationRequested ? null : _admission.Take(_time.GetTimestamp());
                _starting = trail is not null;
                _underway += trail is null ? 0 : 1;
                over = IsOver();
                wakeAt = trail is null && !_brake.NoMore.IsCancellationRequested && !_waking ? _admission.WakeAt : null;
                _waking |= wakeAt is not null;
            }
            if (wakeAt is long at)
                _ = WakeAsync(at);
            if (over)
                _idle.TrySetResult();
            if (trail is null)
                return;
            if (trail.Worker is null)
            {
                Shed(trail);
                continue;
            }
            _gauge.Started();
            _ = CarryAsync(trail);
        }
    }

    private async Task CarryAsync(QuestionTrail trail)
    {
        string? last = null;
        void Seen(string status)
        {
            if (last is null)
                _audience.Tell(observer => observer.OnAccepted(trail.Question.Index, trail.ConversationId!, trail.MessageId!));
            _gauge.Changed(last, status);
            last = status;
        }
        try
        {
            if (trail.Before is not null || await MarkAsync(trail).ConfigureAwait(false))
                await _targets.WalkOf(trail.Question).WalkAsync(trail, Seen, _brake.Cut).ConfigureAwait(false);
            else
                trail.End(Outcome.Interrupted, _time.GetTimestamp(), errorText: "The run ended before the question was sent");
        }
        catch (Exception e)
        {
            _brake.Break(e);
        }
        Count(() =>
        {
            _gauge.Changed(last, null);
            QuestionResult? row = RowOf(trail);
            if (row is not null)
                _gauge.Finished(row);
            Conclude(trail, row);
            StartThoseAdmitted();
        });
    }

    /// <summary>Brings the mark of a question to where it is kept. The wait for it is no time of the service.</summary>
    /// <returns><see langword="false"/> where it is not kept: the question must not be sent then.</returns>
    private async ValueTask<bool> MarkAsync(QuestionTrail trail)
    {
        int count = Interlocked.Increment(ref _started);
        _audience.Ask(rule => rule.Started(count));
        long from = _time.GetTimestamp();
        try
        {
            await _observer.OnStarted(trail.Question.Index, _clock.ElapsedSeconds).ConfigureAwait(false);
            trail.MarkWait = _time.GetTimestamp() - from;
            return true;
        }
        catch (Exception e)
        {
            _brake.Break(e);
            return false;
        }
    }

    /// <summary>The row of a walk that is over. Should making it fail, the run breaks; it must not wait for this question for ever.</summary>
    private QuestionResult? RowOf(QuestionTrail trail)
    {
        try
        {
            QuestionResult row = QuestionRow.Of(trail, _clock);
            return _options.ExcludeText ? TextRemoval.From(row) : row;
        }
        catch (Exception e)
        {
            _brake.Break(e);
            return null;
        }
    }

    /// <summary>Turns a question away that may not wait for a worker.</summary>
    private void Shed(QuestionTrail trail)
    {
        trail.End(
            Outcome.NotStarted, _time.GetTimestamp(), OverflowRule.ShedErrorType,
            $"Not asked: {_plan.WorkerCount} questions were in flight, as many as may be");
        _gauge.Shed();
        Conclude(trail, RowOf(trail));
    }

    /// <summary>A question is at its end: its row is told and kept, its worker is free, and whoever follows it begins to think.</summary>
    private void Conclude(QuestionTrail trail, QuestionResult? row)
    {
        if (row is not null)
        {
            _audience.Tell(observer => observer.OnFinished(row, trail.Responses));
            _audience.Ask(rule => rule.Finished(row));
        }
        PlannedQuestion? follower;
        lock (_gate)
        {
            if (row is not null)
                _results.Add(row);
            _admission.Release(trail, _time.GetTimestamp());
            _underway--;
            // A process that died may have left the follower's traces and not yet its predecessor's row: it must not be asked again.
            if (_followers.TryGetValue(trail.Question.Index, out follower) && _restored.Contains(follower.Index))
                follower = null;
            _thinking += follower is null ? 0 : 1;
        }
        if (follower is not null)
            _ = FollowAsync(follower, trail.DoneAt ?? _time.GetTimestamp());
    }

    /// <summary>Under the lock: whether nothing is released any more and nobody thinks, waits, is under way or about to start.</summary>
    private bool IsOver() =>
        !_firing && !_starting && _underway == 0 && _thinking == 0 && (_brake.NoMore.IsCancellationRequested || _admission.IsEmpty);
}
