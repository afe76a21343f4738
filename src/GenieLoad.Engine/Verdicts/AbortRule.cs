using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Ends a test that cannot meet its thresholds any more. It looks again and again, and each look could be wrong by chance: so it asks for
/// an interval of 99.9 % where the verdict at the end asks for 95 %, and for facts that no later answer can undo.
/// </summary>
/// <param name="thresholds">The thresholds.</param>
/// <param name="delaySeconds">Seconds after the start before which it does not look: a space that has just woken is slow.</param>
/// <param name="inner">Hears of everything as well.</param>
public sealed class AbortRule(IReadOnlyList<Threshold> thresholds, double delaySeconds, IRunWatcher inner) : IRunWatcher, IDisposable
{
    // A look costs a sort of all answers; beyond this many new ones since the last, it is worth it.
    private const double NewShare = 0.02;

    private const double EarlyConfidence = 0.999;
    private const string ReasonStart = "Stopped by the threshold ";

    private readonly object _gate = new();
    private readonly CancellationTokenSource _hopeless = new();
    private readonly List<QuestionResult> _finished = [];
    private int _lookedAt;

    /// <summary>Cancelled when the test is to end.</summary>
    public CancellationToken Hopeless => _hopeless.Token;

    /// <inheritdoc/>
    public string? StopReason { get; private set; }

    /// <summary>Whether such a rule ended a run.</summary>
    /// <param name="run">The run.</param>
    public static bool Stopped(LoadRun run) =>
        run is { State: RunState.Stopped, StateReason: { } reason } && reason.StartsWith(ReasonStart, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void OnBegin(string runId, string runPath) => inner.OnBegin(runId, runPath);

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        if (!result.IsWarmUp)
        {
            lock (_gate)
                _finished.Add(result);
        }

        inner.OnFinished(result);
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        inner.OnProgress(progress);
        if (StopReason is not null || progress.ElapsedSeconds < delaySeconds || progress.Done == progress.Planned)
            return;
        lock (_gate)
        {
            if (_finished.Count == _lookedAt || _finished.Count < _lookedAt * (1 + NewShare))
                return;
            _lookedAt = _finished.Count;
            StopReason = Hopelessness(new FigureScope([.. _finished]), progress.InFlight);
        }

        if (StopReason is not null)
            _hopeless.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => _hopeless.Dispose();

    private string? Hopelessness(FigureScope whole, int inFlight)
    {
        // Failures come back sooner than answers: to count only what has come back would judge too harshly.
        FigureScope withHope = new([.. whole.Rows, .. Enumerable.Range(1, inFlight).Select(Answered)]);
        foreach (Threshold threshold in thresholds.Where(threshold => threshold.Figure.CanFailEarly(threshold.IsUpperLimit)))
        {
            FigureScope scope = ThresholdJudge.Part(whole, threshold);
            if (threshold.Figure is QuestionShare && scope.Rows.Count > 0)
                scope = threshold.Slice is null ? withHope : new FigureScope([.. scope.Rows, .. withHope.Rows.TakeLast(inFlight)]);
            Reading reading = threshold.Figure.Read(scope, EarlyConfidence);
            if (ThresholdJudge.VerdictOn(threshold, reading) == Verdict.Fail)
            {
                return ReasonStart + FormattableString.Invariant(
                    $"{threshold.Text}: {reading.Value:0.##} {threshold.Figure.Unit} after {reading.Count} questions").TrimEnd() + ".";
            }
        }

        return null;
    }

    private static QuestionResult Answered(int number) => new()
    {
        Index = -number, QuestionId = "", Question = "", Outcome = Outcome.Completed, PlannedAt = default, PlannedOffsetSeconds = 0,
    };
}
