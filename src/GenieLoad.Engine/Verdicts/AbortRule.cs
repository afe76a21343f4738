using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Ends a test that cannot meet its thresholds any more. It looks again and again, and each look could be wrong by chance: so it asks for
/// an interval of 99.9 % where the verdict at the end asks for 95 %, and for facts that no later answer can undo.
/// </summary>
/// <param name="thresholds">The thresholds.</param>
/// <param name="delaySeconds">Seconds after the start before which it does not look: a space that has just woken is slow.</param>
/// <param name="graceSeconds">Seconds that questions in flight have, once it has ended a test.</param>
public sealed class AbortRule(IReadOnlyList<Threshold> thresholds, double delaySeconds, double graceSeconds) : IStopRule
{
    // A look costs a sort of all answers; beyond this many new ones since the last, it is worth it.
    private const double NewShare = 0.02;

    private const double EarlyConfidence = 0.999;

    private readonly object _gate = new();
    private readonly List<QuestionResult> _finished = [];
    private int _lookedAt;

    /// <inheritdoc/>
    public StopOrder? Finished(QuestionResult result)
    {
        if (!result.IsWarmUp)
        {
            lock (_gate)
                _finished.Add(result);
        }

        return null;
    }

    /// <inheritdoc/>
    public StopOrder? Progressed(RunProgress progress)
    {
        if (progress.ElapsedSeconds < delaySeconds || progress.Done == progress.Planned)
            return null;
        QuestionResult[] finished;
        lock (_gate)
        {
            if (_finished.Count == _lookedAt || _finished.Count < _lookedAt * (1 + NewShare))
                return null;
            _lookedAt = _finished.Count;
            finished = [.. _finished];
        }
        // Outside the lock: a question that comes to its end does not wait for the look.
        return ReasonToStop(new FigureScope(finished), progress.InFlight) is string reason
            ? new StopOrder(StopCause.Threshold, reason, graceSeconds)
            : null;
    }

    private string? ReasonToStop(FigureScope whole, int inFlight)
    {
        // Failures come back sooner than answers: to count only what has come back would judge too harshly.
        FigureScope withHope = new([.. whole.Rows, .. Enumerable.Range(1, inFlight).Select(Answered)]);
        foreach (Threshold threshold in thresholds.Where(threshold => threshold.Figure.CanFailEarly(threshold.IsUpperLimit)))
        {
            FigureScope scope = ThresholdJudge.Part(whole, threshold);
            if (threshold.Figure is QuestionShare or PercentileWithFailures && scope.Rows.Count > 0)
                scope = threshold.Slice is null ? withHope : new FigureScope([.. scope.Rows, .. withHope.Rows.TakeLast(inFlight)]);
            Reading reading = threshold.Figure.ReadSeen(scope, EarlyConfidence);
            if (ThresholdJudge.VerdictOn(threshold, reading) == Verdict.Fail)
            {
                string value = ThresholdJudge.Number(reading.Value!.Value);
                string unit = threshold.Figure.Unit.Length == 0 ? "" : $" {threshold.Figure.Unit}";
                return FormattableString.Invariant(
                    $"Stopped by the threshold {threshold.Text}: {value}{unit} after {reading.Count} questions.");
            }
        }

        return null;
    }

    private static QuestionResult Answered(int number) => new()
    {
        Index = -number, QuestionId = "", Question = "", Outcome = Outcome.Completed, PlannedAt = default, PlannedOffsetSeconds = 0,
    };
}
