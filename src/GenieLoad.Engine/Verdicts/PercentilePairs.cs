using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The percentiles of response time of two runs beside each other: the whole of both distributions.</summary>
internal static class PercentilePairs
{
    /// <summary>P1 to P99 of the successful questions; none when a run has no answer.</summary>
    public static IEnumerable<PercentilePair> Of(FigureScope reference, FigureScope difference)
    {
        double[] before = Percentile.Sort(reference.Successes.Select(row => row.ResponseSeconds));
        double[] after = Percentile.Sort(difference.Successes.Select(row => row.ResponseSeconds));
        if (before.Length == 0 || after.Length == 0)
            return [];
        return Enumerable.Range(1, 99).Select(percent =>
        {
            RankInterval? beforeRanks = OrderStatistics.Ranks(before.Length, percent);
            RankInterval? afterRanks = OrderStatistics.Ranks(after.Length, percent);
            return new PercentilePair
            {
                Percentile = percent,
                ReferenceSeconds = Percentile.Of(before, percent),
                ReferenceLower = beforeRanks is { } lowerBefore ? before[lowerBefore.Lower - 1] : null,
                ReferenceUpper = beforeRanks is { } upperBefore ? before[upperBefore.Upper - 1] : null,
                DifferenceSeconds = Percentile.Of(after, percent),
                DifferenceLower = afterRanks is { } lowerAfter ? after[lowerAfter.Lower - 1] : null,
                DifferenceUpper = afterRanks is { } upperAfter ? after[upperAfter.Upper - 1] : null,
            };
        });
    }
}
