namespace GenieLoad.Engine.Reports.Charts;

/// <summary>The room for a chart, in pixels at full size.</summary>
/// <param name="Name">Name of the size, and of its class in the style sheet.</param>
/// <param name="Width">From the left edge to the right.</param>
/// <param name="Height">From the upper edge to the lower.</param>
internal sealed record ChartSize(string Name, int Width, int Height)
{
    /// <summary>The whole width of a page.</summary>
    public static ChartSize Wide { get; } = new("wide", 880, 300);

    /// <summary>A phone.</summary>
    public static ChartSize Narrow { get; } = new("narrow", 380, 260);

    /// <summary>Half of a page, or a phone.</summary>
    public static ChartSize Half { get; } = new("half", 430, 270);

    /// <summary>Whether there is room for few marks only.</summary>
    public bool IsSmall => Width < 500;

    /// <summary>Marks along a horizontal axis.</summary>
    public int HorizontalMarks => IsSmall ? 4 : 10;
}
