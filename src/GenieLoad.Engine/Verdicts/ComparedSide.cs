using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>One side of a comparison: a run, or several of one kind.</summary>
/// <param name="runs">The runs, at least one.</param>
internal sealed class ComparedSide(IReadOnlyList<LoadRun> runs)
{
    private readonly FigureScope[] _scopes = [.. runs.Select(run => new FigureScope(MeasuredRows.Of(run), run))];

    /// <summary>The runs.</summary>
    public IReadOnlyList<LoadRun> Runs => runs;

    /// <summary>All rows that count.</summary>
    public FigureScope Whole { get; } = new([.. runs.SelectMany(MeasuredRows.Of)]);

    /// <summary>A figure: of the run, or the mean over the runs with the interval of that mean.</summary>
    public Reading Read(Figure figure)
    {
        Reading[] readings = [.. _scopes.Select(scope => figure.ReadSeen(scope, ThresholdJudge.Confidence))];
        if (readings.Length == 1)
            return readings[0];
        double[] values = [.. readings.Where(reading => reading.Value is not null).Select(reading => reading.Value!.Value)];
        int count = readings.Sum(reading => reading.Count);
        double? seen = readings.Min(reading => reading.SeenPercent);
        if (values.Length < 2)
            return new Reading(values.Length == 0 ? null : values[0], null, null, count) { SeenPercent = seen };
        double mean = values.Average();
        // A percentile that a run never reached has no mean that is a number, and no scatter.
        if (!double.IsFinite(mean))
            return new Reading(mean, null, null, count) { SeenPercent = seen };
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        double half = StudentT.Quantile((1 + ThresholdJudge.Confidence) / 2, values.Length - 1) * Math.Sqrt(variance / values.Length);
        double most = figure.Unit == "%" ? 100 : double.PositiveInfinity;
        return new Reading(mean, Math.Max(0, mean - half), Math.Min(most, mean + half), count) { SeenPercent = seen };
    }
}
