using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>What release, admission and completion of one run share: its plan and clock, who hears of it, and what ends it.</summary>
/// <param name="targets">The spaces to ask.</param>
/// <param name="plan">What to ask when.</param>
/// <param name="options">Limits, grace and what is kept.</param>
/// <param name="observer">Hears of it.</param>
/// <param name="rules">Say when the run has to end early.</param>
/// <param name="controller">Brings it to an early end.</param>
/// <param name="clock">The run's clock, started.</param>
/// <param name="start">Timestamp of the start that the shards of a test share; that of the run's own in a test of one.</param>
internal sealed class RunContext(
    RunTargets targets, Plan plan, LoadTestOptions options, IRunObserver observer, IReadOnlyList<IStopRule> rules,
    StopController controller, RunClock clock, long start)
{
    public RunTargets Targets => targets;

    public Plan Plan => plan;

    public LoadTestOptions Options => options;

    public TimeProvider Time => targets.Time;

    public RunClock Clock => clock;

    public StopController StopController => controller;

    public RunAudience Audience { get; } = new(observer, rules, controller);

    public ProgressTracker Progress { get; } = new(plan, targets.Time);

    /// <summary>Limit of questions per time, where there is one.</summary>
    public IQuestionPacer Pacer { get; } = Shard.TryParse(plan.Shard) is Shard shard
        ? new SlotPacer(plan.QuestionsPerMinute, targets.Time, shard, start)
        : new QuestionPacer(plan.QuestionsPerMinute, targets.Time, plan.PaceBurst ?? 1);

    /// <summary>Most questions in flight.</summary>
    public int WorkerCount { get; set; } = plan.WorkerCount;

    public OpenWork Work { get; } = new(endsElsewhere: targets.Time is PacingClock);

    /// <summary>Whether nothing more is to be sent.</summary>
    public bool IsEnding => controller.NoMore.IsCancellationRequested;

    /// <summary>Acts at an instant, unless the run is stopped before. Throws nothing.</summary>
    public Task AtAsync(long timestamp, Action act) => AtAsync(timestamp, act, controller.NoMore);

    /// <summary>As above, unless it is told before that it need not.</summary>
    /// <param name="timestamp">The instant.</param>
    /// <param name="act">What to do.</param>
    /// <param name="never">Cancelled when it need not, or with <see cref="StopController.NoMore"/>.</param>
    public async Task AtAsync(long timestamp, Action act, CancellationToken never)
    {
        try
        {
            await WaitUntilAsync(timestamp, never).ConfigureAwait(false);
            if (!never.IsCancellationRequested)
                act();
        }
        catch (OperationCanceledException) when (never.IsCancellationRequested)
        {
            // Not wanted any more.
        }
        catch (Exception e)
        {
            controller.Break(e);
        }
    }

    /// <summary>Waits for an instant, or until nothing more is to be sent.</summary>
    /// <exception cref="OperationCanceledException">Nothing more is.</exception>
    public ValueTask WaitUntilAsync(long timestamp) => WaitUntilAsync(timestamp, controller.NoMore);

    private async ValueTask WaitUntilAsync(long timestamp, CancellationToken never)
    {
        if (Time is PacingClock pacing && Time.GetTimestamp() < timestamp)
            await pacing.WaitUntilAsync(timestamp, never).ConfigureAwait(false);
        while (Time.GetTimestamp() < timestamp)
            await Task.Delay(RunClock.Rest(Time, timestamp), Time, never).ConfigureAwait(false);
    }
}
