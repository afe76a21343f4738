using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Starts released questions as the queue lets them in, and turns away those that may not wait. Safe for several threads.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="completion">Takes the questions that have come to their end.</param>
/// <param name="carry">Brings a question from its worker to its end, and tells that, whatever happens. Throws nothing.</param>
internal sealed class Admission(RunContext run, QuestionCompletion completion, Func<QuestionTrace, Action<QuestionTrace>, Task> carry)
{
    private readonly object _gate = new();
    private readonly AdmissionQueue _queue = new(run.Plan.WorkerCount, run.Pacer, sheds: run.Plan.Overflow == OverflowRule.Shed);
    private Action<QuestionTrace>? _finish;
    private bool _starting;
    // Ends the wait for the pacer that is under way; null without one.
    private CancellationTokenSource? _wait;

    /// <summary>A question is released.</summary>
    public void Enter(QuestionTrace trace)
    {
        run.Progress.Fired();
        lock (_gate)
            _queue.Enqueue(trace);
        run.StopController.Guard(StartThoseAdmitted);
    }

    /// <summary>A conversation has begun in an earlier stretch of the run.</summary>
    public void Restore(string key, string conversationId)
    {
        lock (_gate)
            _queue.Restore(key, conversationId);
    }

    /// <summary>Continues a question that is in flight already.</summary>
    public void Occupy(QuestionTrace trace)
    {
        lock (_gate)
            _queue.Occupy(trace);
        run.Progress.Fired();
        Start(trace);
    }

    /// <summary>Changes who is let in, from now on. The caller keeps the run from its end meanwhile.</summary>
    /// <param name="change">Changes the queue, given the timestamp of now.</param>
    public void Steer(Action<AdmissionQueue, long> change)
    {
        CancellationTokenSource? wait;
        lock (_gate)
        {
            change(_queue, run.Time.GetTimestamp());
            wait = _wait;
            _wait = null;
        }
        run.StopController.Guard(StartThoseAdmitted);
        if (wait is null)
            return;
        // That wait is for a turn of before. Nobody acts on its end any more.
        run.StopController.Guard(wait.Cancel);
        wait.Dispose();
        run.Work.Remove();
    }

    /// <summary>A question has come to its end: its worker and its conversation are free. Whoever calls this starts the next.</summary>
    public void Leave(QuestionTrace trace)
    {
        lock (_gate)
            _queue.Release(trace, run.Time.GetTimestamp());
    }

    /// <summary>
    /// Starts all that may start. A question can end before its first wait and so let in the next from within: the loop that is already
    /// running takes it, or a long queue would become a deep stack.
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
            QuestionTrace? trace;
            long? wakeAt;
            CancellationTokenSource? wait = null;
            CancellationToken never = default;
            lock (_gate)
            {
                trace = run.IsEnding ? null : _queue.Take(run.Time.GetTimestamp());
                _starting = trace is not null;
                // One wait for the pacer at a time is enough.
                wakeAt = trace is null && !run.IsEnding && _wait is null ? _queue.WakeAt : null;
                if (wakeAt is not null)
                {
                    _wait = wait = CancellationTokenSource.CreateLinkedTokenSource(run.StopController.NoMore);
                    // Under the lock: who changes the pace ends a wait that he finds, disposes of it and counts it as ended.
                    never = wait.Token;
                    run.Work.Add();
                }
            }
            if (wakeAt is long at)
                _ = WakeAsync(at, wait!, never);
            if (trace is null)
                return;
            if (trace.Worker is null)
                completion.TurnAway(trace);
            else
                Start(trace);
        }
    }

    private void Start(QuestionTrace trace)
    {
        run.Progress.Started();
        run.Work.Add();
        // Told of the end, instead of waiting for it: a waiting method more would be memory for every question in flight.
        _ = carry(trace, _finish ??= Finish);
    }

    private void Finish(QuestionTrace trace)
    {
        run.StopController.Guard(() =>
        {
            completion.Finish(trace);
            StartThoseAdmitted();
        });
        run.Work.Remove();
    }

    /// <summary>Looks at the queue again when the pacer lets its first question through. The wait is counted as work already.</summary>
    private async Task WakeAsync(long at, CancellationTokenSource wait, CancellationToken never)
    {
        await run.AtAsync(at, static () => { }, never).ConfigureAwait(false);
        lock (_gate)
        {
            if (_wait != wait)
                return;
            _wait = null;
        }
        wait.Dispose();
        run.StopController.Guard(StartThoseAdmitted);
        run.Work.Remove();
    }
}
