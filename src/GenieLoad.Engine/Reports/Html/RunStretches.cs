using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A run in stretches of equal length: few enough to be read, long enough to have some questions each.</summary>
/// <param name="StepSeconds">Length of a stretch; the last may be cut short by the end of the run.</param>
/// <param name="All">The stretches; none without rows.</param>
internal sealed record RunStretches(double StepSeconds, IReadOnlyList<IntervalFigures> All)
{
    private const int Most = 60;
    private const int Fewest = 6;

    // Fewer questions in a stretch make its rate jump from one to the next for no reason.
    private const int QuestionsPerStretch = 5;

    /// <summary>Offset of the end of the last one.</summary>
    public double EndSeconds => All.Count == 0 ? StepSeconds : All[^1].OffsetSeconds + All[^1].LengthSeconds;

    /// <summary>Cuts a run, its warm-up left out.</summary>
    public static RunStretches Of(LoadRun run)
    {
        IReadOnlyList<QuestionResult> rows = MeasuredRows.Of(run);
        double end = Math.Max(1, RunSeries.EndSeconds(rows));
        double step = LinearScale.TimeStep(end / Math.Clamp(rows.Count / QuestionsPerStretch, Fewest, Most));
        return new RunStretches(step, RunSeries.Of(rows, step));
    }
}
