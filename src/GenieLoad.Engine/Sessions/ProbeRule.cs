using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Ends a probe as soon as its answers have decided it, or more are not worth their price.</summary>
/// <param name="plan">The plan of the probe.</param>
/// <param name="levels">The service levels.</param>
internal sealed class ProbeRule(Plan plan, IReadOnlyList<ServiceLevel> levels) : IStopRule
{
    private readonly object _gate = new();
    private readonly Dictionary<int, QuestionResult> _ended = [];

    /// <summary>What the answers said when they were last looked at; <see langword="null"/> before the first look.</summary>
    public ProbeTest? Latest { get; private set; }

    /// <inheritdoc/>
    public StopOrder? Finished(QuestionResult result)
    {
        lock (_gate)
        {
            _ended[result.Index] = result;
            return Judge(result.CompletedOffsetSeconds ?? 0);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A question that takes too long is a miss before its answer comes.</remarks>
    public StopOrder? Progressed(RunProgress progress)
    {
        lock (_gate)
            return Judge(progress.ElapsedSeconds);
    }

    /// <summary>The questions in flight are paid for, and their answers belong to the run: they are waited for.</summary>
    private StopOrder? Judge(double now)
    {
        Latest = ProbeTest.Judge(levels, plan.UserCount!.Value, ProbeAnswers.Of(plan, _ended), now);
        return Latest.IsOver ? new StopOrder(StopCause.Decided, Latest.Deciding.Reason, double.PositiveInfinity) : null;
    }
}
