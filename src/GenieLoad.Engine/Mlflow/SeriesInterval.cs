namespace GenieLoad.Engine.Mlflow;

/// <summary>How finely a run is shown over its time.</summary>
internal static class SeriesInterval
{
    /// <summary>Most intervals of a run.</summary>
    public const int MaximumCount = 200;

    // Lengths that people reckon with; beyond the last one, whole multiples of an hour.
    private static readonly int[] Lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

    /// <summary>The shortest usual interval, in seconds, of which at most <see cref="MaximumCount"/> cover the run.</summary>
    /// <param name="totalSeconds">Length of the run.</param>
    public static int Seconds(double totalSeconds)
    {
        int length = Array.Find(Lengths, length => totalSeconds <= (double)length * MaximumCount);
        return length > 0 ? length : 3600 * (int)Math.Ceiling(totalSeconds / 3600 / MaximumCount);
    }
}
