using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Counts what happens in a run, for its progress. Any thread may report.</summary>
/// <param name="plan">What is run.</param>
/// <param name="time">Clock of the sleeps.</param>
internal sealed class ProgressTracker(Plan plan, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _byStatus = [];
    private int _waiting;
    private int _inFlight;
    private int _throttled;
    private long _throttledSince;
    private double _throttleSeconds;
    private int _succeeded;
    private int _failed;
    private int _leftOut;
    private double _durationSum;
    private bool _isPaused;
    private int _workerCount = plan.WorkerCount;
    private double? _pace = plan.QuestionsPerMinute;

    /// <summary>A question was released.</summary>
    public void Fired()
    {
        lock (_gate)
            _waiting++;
    }

    /// <summary>A released question got its worker.</summary>
    public void Started()
    {
        lock (_gate)
        {
            _waiting--;
            _inFlight++;
        }
    }

    /// <summary>A released question was turned away.</summary>
    public void Shed()
    {
        lock (_gate)
        {
            _waiting--;
            _leftOut++;
        }
    }

    /// <summary>A question in flight changed its status.</summary>
    public void Changed(string? from, string? to)
    {
        if (from == to)
            return;
        lock (_gate)
        {
            if (from is not null && --_byStatus[from] == 0)
                _byStatus.Remove(from);
            if (to is not null)
                _byStatus[to] = _byStatus.GetValueOrDefault(to) + 1;
        }
    }

    /// <summary>A question began or ended a sleep because of a 429.</summary>
    public void ThrottleChanged(bool throttled)
    {
        lock (_gate)
        {
            CountThrottle();
            _throttled += throttled ? 1 : -1;
        }
    }

    /// <summary>The run was changed.</summary>
    /// <param name="to">What holds from now on.</param>
    public void Steered(RunChange to)
    {
        lock (_gate)
            (_isPaused, _pace, _workerCount) = (to.IsPaused, to.QuestionsPerMinute, to.WorkerCount);
    }

    /// <summary>A question in flight came to its end.</summary>
    public void Finished(QuestionResult result)
    {
        lock (_gate)
        {
            _inFlight--;
            Count(result);
            _durationSum += result.DurationSeconds ?? 0;
        }
    }

    /// <summary>Questions had come to their end before the run was resumed.</summary>
    public void Restore(IReadOnlyCollection<QuestionResult> finished)
    {
        lock (_gate)
        {
            foreach (QuestionResult row in finished)
                Count(row);
            _durationSum += finished.Sum(row => row.DurationSeconds ?? 0);
        }
    }

    /// <summary>The state now.</summary>
    public RunProgress Read(double elapsedSeconds)
    {
        lock (_gate)
        {
            CountThrottle();
            return new RunProgress
            {
                Planned = plan.QuestionCount,
                IsPaused = _isPaused,
                WorkerCount = _workerCount,
                QuestionsPerMinute = _pace,
                Waiting = _waiting,
                InFlight = _inFlight,
                Throttled = _throttled,
                ThrottleSeconds = _throttleSeconds,
                Succeeded = _succeeded,
                Failed = _failed,
                LeftOut = _leftOut,
                InFlightByStatus = new Dictionary<string, int>(_byStatus),
                ElapsedSeconds = elapsedSeconds,
                RemainingSeconds = Remaining(elapsedSeconds),
            };
        }
    }

    /// <summary>Under the lock: counts a question that has ended.</summary>
    private void Count(QuestionResult row)
    {
        if (row.Success)
            _succeeded++;
        else if (AskedQuestions.IsFailed(row))
            _failed++;
        else
            _leftOut++;
    }

    /// <summary>Under the lock: adds what those asleep have slept since the last look.</summary>
    private void CountThrottle()
    {
        long now = time.GetTimestamp();
        if (_throttled > 0)
            _throttleSeconds += _throttled * time.GetElapsedTime(_throttledSince, now).TotalSeconds;
        _throttledSince = now;
    }

    /// <summary>The rest of the plan, or the rest of the work at the pace so far, whichever is longer; then one more answer.</summary>
    private double? Remaining(double elapsedSeconds)
    {
        int done = _succeeded + _failed + _leftOut;
        if (done == 0)
            return null;
        double mean = _durationSum / done;
        double ofPlan = Math.Max(0, plan.Questions[^1].PlannedSeconds - elapsedSeconds);
        double ofWork = mean * (plan.QuestionCount - done - _inFlight) / _workerCount;
        return done == plan.QuestionCount ? 0 : Math.Max(ofPlan, ofWork) + mean;
    }
}
