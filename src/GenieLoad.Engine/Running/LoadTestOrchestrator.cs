using System.Runtime.ExceptionServices;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Carries out a plan: each question is released at its planned instant, let in as workers become free, carried to its end, and its row
/// kept. The plan is never shifted: what starts late is recorded as late.
/// </summary>
public sealed class LoadTestOrchestrator
{
    private readonly object _reporting = new();
    private readonly RunTargets _targets;
    private readonly Plan _plan;
    private readonly LoadTestOptions _options;
    private readonly IRunObserver _observer;
    private readonly IReadOnlyList<IStopRule> _rules;
    // Made once, not anew for every question in flight.
    private readonly Action<QuestionTrace, string> _seen;
    private RunContext _run = null!;
    private Steering? _steering;
    private int _started;

    /// <summary>Prepares a run.</summary>
    /// <param name="targets">The spaces to ask, and the ways there; their clock is the run's.</param>
    /// <param name="plan">What to ask when.</param>
    /// <param name="options">Time limits, polling, grace and what is kept.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="rules">Say when the run has to end early; none unless given.</param>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>ConnectionMissing</c>.</exception>
    public LoadTestOrchestrator(
        IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options, IRunObserver observer, IReadOnlyList<IStopRule>? rules = null)
    {
        options.Validate();
        _targets = new RunTargets(targets, plan, options);
        _plan = plan;
        _options = options;
        _observer = observer;
        _rules = rules ?? [];
        _seen = Seen;
    }

    /// <summary>End of the run, UTC; <see langword="null"/> before.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>What was carried out, also where an exception came out of it; <see langword="null"/> before its end.</summary>
    public OrchestratedRun? Carried { get; private set; }

    /// <summary>How far the run's clock is from the service's; <see langword="null"/> where the answers do not tell.</summary>
    public ClockReading? Clock => _run is null ? null : ClockReader.Read(_targets.ClockSamples, _run.Clock);

    /// <summary>Seconds of the run that have passed; 0 before it.</summary>
    public double ElapsedSeconds => _run is null ? 0 : _run.Clock.ElapsedSeconds;

    /// <summary>Whether the run has begun.</summary>
    internal bool CanBeSteered => _steering is not null;

    /// <summary>Changes the run while it goes on; nothing once it is over.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="record">Told before it is made what holds from then on.</param>
    internal void Steer(SteeringRequest request, Action<RunChange> record) => _steering!.Apply(request, record);

    /// <summary>Runs the plan. Call once.</summary>
    /// <param name="now">
    /// The one reading of the wall clock, UTC, from which all instants are counted: the start of the run, or its resumption.
    /// </param>
    /// <param name="resume">Where a run goes on that had come to an early end; <see langword="null"/> for a new one.</param>
    /// <param name="stop">
    /// Its user wants it to end: nothing more is sent, and questions in flight have the options' grace; those that are not at their end by
    /// then are <c>Interrupted</c>, the others <c>NotStarted</c>. What is finished is kept.
    /// </param>
    /// <param name="abort">As <paramref name="stop"/>, for trouble of our own: without any grace.</param>
    /// <returns>The row of every question that was asked or turned away.</returns>
    public Task<OrchestratedRun> RunAsync(
        DateTime now, ResumePoint? resume, CancellationToken stop, CancellationToken abort = default) =>
        RunAsync(now, now, resume, stop, abort);

    /// <summary>As above, for a run whose start was set.</summary>
    /// <param name="now">The one reading of the wall clock, UTC.</param>
    /// <param name="startAt">
    /// The instant from which the plan counts, UTC; in a resumed run, the one from which the slots of its shard count.
    /// </param>
    /// <param name="resume">Where a run goes on.</param>
    /// <param name="stop">Its user wants it to end.</param>
    /// <param name="abort">Trouble of our own.</param>
    internal async Task<OrchestratedRun> RunAsync(
        DateTime now, DateTime startAt, ResumePoint? resume, CancellationToken stop, CancellationToken abort)
    {
        // Late by what has passed since; before it only where the run was stopped while it waited.
        double late = Math.Max(0, (now - startAt).TotalSeconds);
        var clock = new RunClock(_targets.Time, now, resume?.OffsetSeconds ?? late);
        using var controller = new StopController(_targets.Time);
        RunContext run = _run = new(
            _targets, _plan, _options, _observer, _rules, controller, clock, clock.Timestamp(startAt));
        var completion = new QuestionCompletion(run);
        var admission = new Admission(run, completion, CarryAsync);
        var release = new QuestionRelease(run, admission, resume);
        _steering = new Steering(run, admission);
        completion.Completed += admission.Leave;
        completion.Completed += trace => release.Follow(
            trace.Question.Index, trace.LeftAt ?? trace.DoneAt ?? run.Time.GetTimestamp());
        if (resume is not null)
            Restore(resume, completion, admission);
        var byUser = new StopOrder(StopCause.User, "Stopped by the user.", _options.StopGraceSeconds);
        using CancellationTokenRegistration onStop = stop.Register(() => controller.Guard(() => controller.Apply(byUser)));
        using CancellationTokenRegistration onAbort = abort.Register(controller.Abort);
        using IDisposable? onFault = (run.Time as PacingClock)?.OnFault(controller.Break);
        TimeSpan interval = TimeSpan.FromSeconds(_options.ProgressSeconds);
        ITimer reports = PacingClock.Beside(run.Time).CreateTimer(_ => ReportProgress(isTick: true), null, interval, interval);
        await using (reports.ConfigureAwait(false))
        {
            // Open work itself: its end must not bring the end of the run to the thread that released the last question.
            _ = release.FireAsync();
            await run.Work.None.ConfigureAwait(false);
        }
        double total = clock.ElapsedSeconds;
        EndedAt = clock.Utc(total);
        ReportProgress(isTick: false);
        IReadOnlyList<QuestionResult> rows = completion.Rows;
        // An order that came after the last answer has ended nothing.
        bool stopped = rows.Count < _plan.QuestionCount || rows.Any(UnfinishedQuestion.IsOneOf);
        Carried = new OrchestratedRun(total, stopped || controller.Fault is not null ? controller.Order : null, rows);
        if (controller.Fault is Exception fault)
            ExceptionDispatchInfo.Throw(fault);
        return Carried;
    }

    /// <summary>Takes over what a run before its resumption had done.</summary>
    private void Restore(ResumePoint resume, QuestionCompletion completion, Admission admission)
    {
        _started = resume.Finished.Count(row => row.Outcome != Outcome.NotStarted) + resume.Open.Count;
        completion.Restore(resume.Finished);
        Dictionary<int, PlannedQuestion> planned = _plan.Questions.ToDictionary(question => question.Index);
        foreach (QuestionResult row in resume.Finished)
        {
            if (planned[row.Index].Conversation is string key && row.ConversationId is string id)
                admission.Restore(key, id);
        }
        // What was spent before may be all that there is.
        _run.Audience.Ask(rule => rule.Started(_started));
    }

    /// <summary>Tells how far the run is, and asks its rules. Rules look at all rows at times, which takes a while.</summary>
    private void ReportProgress(bool isTick)
    {
        // A tick that finds the one before still at work has nothing to add.
        if (!Monitor.TryEnter(_reporting, isTick ? TimeSpan.Zero : Timeout.InfiniteTimeSpan))
            return;
        try
        {
            _run.StopController.Guard(() =>
            {
                RunProgress progress = _run.Progress.Read(_run.Clock.ElapsedSeconds) with { IsEnding = _run.IsEnding };
                _run.Audience.Tell(observer => observer.OnProgress(progress));
                _run.Audience.Ask(rule => rule.Progressed(progress));
            });
        }
        finally
        {
            Monitor.Exit(_reporting);
        }
    }

    /// <summary>Brings a question from its worker to its end, and says so. Throws nothing.</summary>
    private async Task CarryAsync(QuestionTrace trace, Action<QuestionTrace> ended)
    {
        try
        {
            if (trace.Before is not null || await MarkAsync(trace).ConfigureAwait(false))
                await _targets.RunnerOf(trace.Question).RunAsync(trace, _seen, _run.StopController.Cut).ConfigureAwait(false);
            else
                trace.End(Outcome.Interrupted, _run.Time.GetTimestamp(), errorText: "The run ended before the question was sent");
        }
        catch (Exception e)
        {
            _run.StopController.Break(e);
        }
        _run.StopController.Guard(() => Count(trace, null));
        ended(trace);
    }

    /// <summary>A question shows a status: it counts in the progress, and can be found again once it has its ids.</summary>
    private void Seen(QuestionTrace trace, string status)
    {
        // What comes without ids cannot be found again.
        if (!trace.IsFindable && trace is { ConversationId: string conversation, MessageId: string message })
        {
            trace.IsFindable = true;
            Accepted(trace.Question.Index, conversation, message);
        }
        Count(trace, status);
    }

    // By itself: what it captures would otherwise be made for every status that is seen.
    private void Accepted(int index, string conversation, string message) =>
        _run.Audience.Tell(observer => observer.OnAccepted(index, conversation, message));

    private void Count(QuestionTrace trace, string? status)
    {
        _run.Progress.Changed(trace.CountedStatus, status);
        trace.CountedStatus = status;
    }

    /// <summary>Brings the mark of a question to where it is kept. The wait for it is no time of the service.</summary>
    /// <returns><see langword="false"/> where it is not kept: the question must not be sent then.</returns>
    private async ValueTask<bool> MarkAsync(QuestionTrace trace)
    {
        int count = Interlocked.Increment(ref _started);
        // Behind the last question there is nothing to stop, and one that waits for a retry is paid for.
        if (count < _plan.QuestionCount)
            _run.Audience.Ask(rule => rule.Started(count));
        long from = _run.Time.GetTimestamp();
        try
        {
            await _observer.OnStarted(trace.Question.Index, _run.Clock.ElapsedSeconds).ConfigureAwait(false);
            trace.MarkWait = _run.Time.GetTimestamp() - from;
            return true;
        }
        catch (Exception e)
        {
            _run.StopController.Break(e);
            return false;
        }
    }
}
