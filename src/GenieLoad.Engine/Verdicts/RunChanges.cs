using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Changes between several runs and several others, with the run as the unit: each gives one figure over the mix of questions that all
/// share, and these are compared by Student's t. Whatever answers of one run have in common, they need not be independent.
/// </summary>
internal sealed class RunChanges(ComparedRows rows) : IChangeSource
{
    private const string Method = "Student's t over runs";

    public int ResampleCount => 0;

    public IReadOnlyList<ChangeEstimate> OfFigures(IReadOnlyList<ComparedFigure> figures) => [.. figures.Select(Of)];

    public IReadOnlyList<ChangeEstimate> OfMedians(IReadOnlyList<double?[]> times) =>
        [.. times.Select(time => Of(new ComparedPercentile(rows, time, 50)))];

    private ChangeEstimate Of(ComparedFigure figure)
    {
        double[] before = Side(figure, second: false);
        TwoSampleT? t = TwoSampleT.Of(before, Side(figure, second: true), ThresholdJudge.Confidence);
        return new ChangeEstimate(
            new Change(t?.Shift, t?.Lower, t?.Upper), t?.PValue, before.Length == 0 ? null : before.Average(),
            SerialDependence.None, Method);
    }

    private double[] Side(ComparedFigure figure, bool second) =>
    [
        .. Enumerable.Range(0, rows.RunInDifference.Length).Where(run => rows.RunInDifference[run] == second)
            .Select(figure.OfRun).Where(value => value is not null).Select(value => value!.Value),
    ];
}
