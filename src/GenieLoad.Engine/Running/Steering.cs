using System.Globalization;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Changes a run while it goes on: who is let in from now on. The plan stays as it is: what is due during a pause waits, and its wait is
/// named. Questions in flight go on, those that try again after a 429 too. Safe for several threads.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="admission">Lets its questions in.</param>
internal sealed class Steering(RunContext run, Admission admission)
{
    private readonly object _gate = new();
    private double? _pace = run.Plan.QuestionsPerMinute;
    private bool _isPaused;
    private CancellationTokenRegistration _onStop;
    private int _isHeld;

    /// <summary>Makes a change. Once the run is over, nothing is changed or told.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="record">Told before it is made what holds from then on; its text is empty where it held before.</param>
    public void Apply(SteeringRequest request, Action<RunChange> record)
    {
        // Held open: a paused run may have nothing else to do, and one whose pace is changed only waits.
        if (!run.Work.TryAdd())
            return;
        try
        {
            lock (_gate)
            {
                RunChange change = ChangeTo(request);
                record(change);
                if (change.Change.Length > 0)
                    run.StopController.Guard(() => Change(change));
            }
        }
        finally
        {
            run.Work.Remove();
        }
    }

    private RunChange ChangeTo(SteeringRequest request)
    {
        bool isPaused = request.IsPaused ?? _isPaused;
        double? pace = request.QuestionsPerMinute is double wanted ? (wanted == 0 ? null : wanted) : _pace;
        int workers = request.WorkerCount ?? run.WorkerCount;
        List<string> words = [];
        if (isPaused != _isPaused)
            words.Add(isPaused ? "paused" : "continued");
        if (pace != _pace)
            words.Add(pace is null ? "no limit of questions a minute" : Counted(pace.Value, "question", " a minute"));
        if (workers != run.WorkerCount)
            words.Add(Counted(workers, "worker"));
        double offset = run.Clock.ElapsedSeconds;
        return new RunChange
        {
            OffsetSeconds = offset, ChangedAt = run.Clock.Utc(offset), Change = string.Join(", ", words),
            IsPaused = isPaused, QuestionsPerMinute = pace, WorkerCount = workers,
        };
    }

    private static string Counted(double count, string noun, string per = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {noun}{(count == 1 ? "" : "s")}{per}");

    private void Change(RunChange to)
    {
        if (to.IsPaused && !_isPaused)
            Hold();
        admission.Steer((queue, now) =>
        {
            if (to.QuestionsPerMinute != _pace)
                run.Pacer.SetRate(to.QuestionsPerMinute);
            if (to.WorkerCount != run.WorkerCount)
                queue.SetWorkerCount(to.WorkerCount, now);
            queue.SetPaused(to.IsPaused, now);
        });
        (_pace, run.WorkerCount) = (to.QuestionsPerMinute, to.WorkerCount);
        run.Progress.Steered(to);
        if (_isPaused && !to.IsPaused)
            Release();
        _isPaused = to.IsPaused;
    }

    // What waits in the queue is work that nobody else counts: all before it may have ended.
    private void Hold()
    {
        run.Work.Add();
        _isHeld = 1;
        _onStop = run.StopController.NoMore.Register(Release);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _isHeld, 0) == 0)
            return;
        _onStop.Unregister();
        run.Work.Remove();
    }
}
