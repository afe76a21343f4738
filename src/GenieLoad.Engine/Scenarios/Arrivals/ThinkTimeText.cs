using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>Reads a time to think as people write it: fixed (<c>5s</c>, <c>5</c>) or a range (<c>2s-10s</c>, <c>2-10</c>).</summary>
internal static class ThinkTimeText
{
    private const double LongestSeconds = 86_400;

    /// <summary>Least and most seconds; the same for a fixed time. <see langword="null"/> when it is no such text.</summary>
    public static (double Least, double Most)? Parse(string? text)
    {
        string[] ends = (text ?? "").Split('-');
        if (ends.Length > 2 || !DurationText.TryParse(ends[0], out double least) || !DurationText.TryParse(ends[^1], out double most))
            return null;
        return least >= 0 && least <= most && most <= LongestSeconds ? (least, most) : null;
    }

    /// <summary>The time to think before one question, drawn evenly from the range; whole microseconds.</summary>
    /// <param name="range">The range; <see langword="null"/> for no time at all.</param>
    /// <param name="random">Random numbers of this question.</param>
    public static double Draw((double Least, double Most)? range, SeededRandom random) => range is (double least, double most)
        ? Math.Round((least + ((most - least) * random.NextDouble())) * 1e6) / 1e6
        : 0;
}
