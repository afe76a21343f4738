namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The interval of a share of questions that a verdict can stand on. Wilson's interval keeps its confidence on the whole but not at its
/// near end with few hits: one hit in 20 puts its lower end where 16 % of runs have one. Below ten hits, or ten misses, that end is exact.
/// </summary>
internal static class ShareInterval
{
    private const int FewHits = 10;

    /// <summary>The interval, as shares from 0 to 1.</summary>
    /// <param name="hits">Hits, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, from 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <param name="widening">What widens the interval where questions hang together, from 1.</param>
    public static (double Lower, double Upper) Of(int hits, int trials, double confidence, double widening = 1)
    {
        (double lower, double upper) = WilsonInterval.Of(hits, trials, Normal.Quantile((1 + confidence) / 2) * widening);
        return (
            hits < FewHits ? Math.Min(lower, ClopperPearson.Lower(hits, trials, confidence)) : lower,
            trials - hits < FewHits ? Math.Max(upper, ClopperPearson.Upper(hits, trials, confidence)) : upper);
    }
}
