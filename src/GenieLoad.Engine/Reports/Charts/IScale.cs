namespace GenieLoad.Engine.Reports.Charts;

/// <summary>From values to places along an axis.</summary>
internal interface IScale
{
    /// <summary>The place of a value, 0 at the low end of the axis and 1 at its high end; values beyond an end are at it.</summary>
    double At(double value);

    /// <summary>Values that are marked, with their labels.</summary>
    IReadOnlyList<(double Value, string Label)> Ticks { get; }
}
