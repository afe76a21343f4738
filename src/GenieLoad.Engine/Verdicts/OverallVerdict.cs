using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The verdict of the whole, with the row that it comes from.</summary>
/// <param name="Verdict">One of <see cref="ChangeVerdict"/>.</param>
/// <param name="Reason">The row in words.</param>
internal sealed record OverallVerdict(string Verdict, string Reason)
{
    // The whole looks at three rows. Of a p-value, half lies on the worse side: three times half of this is 5 %.
    private const double Level = 0.1 / 3;

    /// <summary>
    /// Worse when median, tail or success rate are, surely enough for three looks; better when one is and no row is worse; the same when
    /// all three are, or the tail is too short to tell and nothing in it is suspicious.
    /// </summary>
    /// <param name="rows">Median, P90, P95, mean, success rate and throttle share, in this order.</param>
    public static OverallVerdict Of(IReadOnlyList<ComparisonRow> rows)
    {
        (ComparisonRow median, ComparisonRow p90, ComparisonRow p95, ComparisonRow success) = (rows[0], rows[1], rows[2], rows[4]);
        // The longest tail that there are answers for.
        ComparisonRow? tail = Enough(p95, 95) ? p95 : Enough(p90, 90) ? p90 : null;
        ComparisonRow[] looks = tail is null ? [median, success] : [median, tail, success];
        if (Sure(looks, ChangeVerdict.Worse) is { } worse)
            return new OverallVerdict(ChangeVerdict.Worse, Words(worse));
        ComparisonRow? better = Sure(looks, ChangeVerdict.Better);
        if (rows.FirstOrDefault(row => row.Verdict == ChangeVerdict.Worse) is { } contrary)
        {
            return new OverallVerdict(ChangeVerdict.NotEnoughData, better is not null
                ? $"{Words(better)}, but {Words(contrary)}"
                : $"{Words(contrary)}, which is not enough to decide: ask more questions");
        }

        if (better is not null)
            return new OverallVerdict(ChangeVerdict.Better, Words(better));
        if (looks.FirstOrDefault(row => row.Verdict != ChangeVerdict.Same) is { } open)
            return new OverallVerdict(ChangeVerdict.NotEnoughData, open.Reason is null
                ? $"{Words(open)}, which is not enough to decide"
                : $"{open.Figure}: {open.Reason}");
        return (tail == p95 ? null : Suspicious(p90) ?? Suspicious(p95)) is { } suspicious
            ? new OverallVerdict(
                ChangeVerdict.NotEnoughData, $"{suspicious.Figure} may have changed ({P(suspicious)}): {suspicious.Reason}")
            : new OverallVerdict(ChangeVerdict.Same, tail is null
                ? "median and success rate are the same"
                : $"median, {tail.Figure[..3]} and success rate are the same");
    }

    private static bool Enough(ComparisonRow row, int percent) =>
        Math.Min(row.ReferenceCount, row.DifferenceCount) >= OrderStatistics.RequiredCount(percent);

    private static ComparisonRow? Sure(IEnumerable<ComparisonRow> looks, string verdict) =>
        looks.Where(row => row.Verdict == verdict && row.PValue <= Level).MinBy(row => row.PValue);

    private static ComparisonRow? Suspicious(ComparisonRow row) => row.PValue <= ChangeJudge.RowLevel ? row : null;

    private static string Words(ComparisonRow row) => $"{row.Figure} is {row.Verdict.ToLowerInvariant()} ({P(row)})";

    private static string P(ComparisonRow row) => row.PValue < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p {row.PValue:0.000}");
}
