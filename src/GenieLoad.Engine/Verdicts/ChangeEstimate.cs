using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Verdicts;

/// <summary>A change with its interval.</summary>
/// <param name="Shift">From reference to difference.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
internal readonly record struct Change(double? Shift, double? Lower, double? Upper)
{
    /// <summary>The change with an interval so many times as wide.</summary>
    public Change Widened(double factor) =>
        this with { Lower = Shift - (factor * (Shift - Lower)), Upper = Shift + (factor * (Upper - Shift)) };
}

/// <summary>What is known of a change.</summary>
/// <param name="Change">The change over the questions that both sides share, in one mix.</param>
/// <param name="PValue">How likely one as large is when nothing differs.</param>
/// <param name="Reference">The figure of the reference over that mix; what a tolerance is taken from.</param>
/// <param name="Dependence">How much its answers hang on those before them.</param>
/// <param name="Method">How it was found.</param>
internal sealed record ChangeEstimate(Change Change, double? PValue, double? Reference, SerialDependence Dependence, string Method);

/// <summary>Estimates changes: from the answers of two runs, or from the runs where there are several.</summary>
internal interface IChangeSource
{
    /// <summary>Resamples behind an estimate; 0 where there are none.</summary>
    int ResampleCount { get; }

    /// <summary>Changes of percentiles, means and rates.</summary>
    IReadOnlyList<ChangeEstimate> OfFigures(IReadOnlyList<ComparedFigure> figures);

    /// <summary>Changes of medians.</summary>
    /// <param name="times">For each, the times by row.</param>
    IReadOnlyList<ChangeEstimate> OfMedians(IReadOnlyList<double?[]> times);
}
