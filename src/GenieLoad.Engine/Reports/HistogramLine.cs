namespace GenieLoad.Engine.Reports;

/// <summary>A histogram in one line of block characters, for consoles that have them.</summary>
internal static class HistogramLine
{
    // Fewer values than this are better read one by one.
    private const int FewestValues = 10;

    private const string Blocks = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    /// <summary>
    /// The histogram between its least and its greatest value: the fullest cell is a whole block, a cell with any value is not blank.
    /// </summary>
    /// <param name="sorted">Values in rising order.</param>
    /// <param name="cells">Number of cells.</param>
    /// <returns><see langword="null"/> where there is too little to draw.</returns>
    public static string? Draw(IReadOnlyList<double> sorted, int cells)
    {
        if (sorted.Count < FewestValues || !(sorted[^1] > sorted[0]))
            return null;
        int[] counts = new int[cells];
        foreach (double value in sorted)
            counts[Math.Min(cells - 1, (int)((value - sorted[0]) / (sorted[^1] - sorted[0]) * cells))]++;
        int fullest = counts.Max();
        return string.Concat(counts.Select(count => Blocks[(int)Math.Ceiling((Blocks.Length - 1.0) * count / fullest)]));
    }
}
