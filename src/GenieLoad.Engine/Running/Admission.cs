using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Starts released questions as the queue lets them in, and turns away those that may not wait. Safe for several threads.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="completion">Takes the questions that have come to their end.</param>
/// <param name="carry">Brings a question from its worker to its end; throws nothing.</param>
internal sealed class Admission(RunContext run, QuestionCompletion completion, Func<QuestionTrace, Task> carry)
{
    private readonly object _gate = new();
    private readonly AdmissionQueue _queue = new(run.Plan.WorkerCount, run.Pacer, sheds: run.Plan.Overflow == OverflowRule.Shed);
    private bool _starting;
    private bool _waking;

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
            lock (_gate)
            {
                trace = run.IsEnding ? null : _queue.Take(run.Time.GetTimestamp());
                _starting = trace is not null;
                // One wait for the pacer at a time is enough.
                wakeAt = trace is null && !run.IsEnding && !_waking ? _queue.WakeAt : null;
                _waking |= wakeAt is not null;
            }
            if (wakeAt is long at)
                _ = WakeAsync(at);
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
        _ = CarryAsync(trace);
    }

    private async Task CarryAsync(QuestionTrace trace)
    {
        await carry(trace).ConfigureAwait(false);
        run.StopController.Guard(() =>
        {
            completion.Finish(trace);
            StartThoseAdmitted();
        });
        run.Work.Remove();
    }

    /// <summary>Looks at the queue again when the pacer lets its first question through.</summary>
    private async Task WakeAsync(long at)
    {
        run.Work.Add();
        await run.AtAsync(at, static () => { }).ConfigureAwait(false);
        lock (_gate)
            _waking = false;
        run.StopController.Guard(StartThoseAdmitted);
        run.Work.Remove();
    }
}
