using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The verdict on one change.</summary>
internal static class ChangeJudge
{
    /// <summary>A row claims a change when chance makes one as large in at most this share of comparisons.</summary>
    public const double RowLevel = 0.05;

    /// <summary>The whole looks at three rows. Of a p-value, half lies on the worse side: three times half of this is 5 %.</summary>
    public const double OverallLevel = 0.1 / 3;

    /// <summary>The verdict.</summary>
    /// <param name="change">The change.</param>
    /// <param name="pValue">How likely it is by chance.</param>
    /// <param name="tolerance">What counts as none, in the change's unit.</param>
    /// <param name="moreIsBetter">Whether a rise is welcome.</param>
    public static string Verdict(Change change, double? pValue, double tolerance, bool moreIsBetter)
    {
        if (change is not { Shift: { } shift, Lower: { } lower, Upper: { } upper } || pValue is not { } p)
            return ChangeVerdict.NotEnoughData;
        if (p <= RowLevel && Math.Abs(shift) > tolerance && (lower > 0 || upper < 0))
            return shift > 0 == moreIsBetter ? ChangeVerdict.Better : ChangeVerdict.Worse;
        return lower >= -tolerance && upper <= tolerance ? ChangeVerdict.Same : ChangeVerdict.NotEnoughData;
    }

    /// <summary>Worse when a headline row is, surely enough for three looks; else better in the same way; else what the median says.</summary>
    public static string Overall(ComparisonRow median, params ComparisonRow[] others)
    {
        ComparisonRow[] sure = [.. others.Append(median).Where(row => row.PValue <= OverallLevel)];
        return sure.Any(row => row.Verdict == ChangeVerdict.Worse) ? ChangeVerdict.Worse
            : sure.Any(row => row.Verdict == ChangeVerdict.Better) ? ChangeVerdict.Better
            : median.Verdict == ChangeVerdict.Same ? ChangeVerdict.Same
            : ChangeVerdict.NotEnoughData;
    }

    /// <summary>P-values corrected for being many (S. Holm, Scandinavian Journal of Statistics 6, 1979); those that are missing stay so.</summary>
    public static double?[] Holm(IReadOnlyList<double?> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => pValues[i] is not null).OrderBy(i => pValues[i])];
        double?[] corrected = new double?[pValues.Count];
        double least = 0;
        for (int rank = 0; rank < order.Length; rank++)
            corrected[order[rank]] = least = Math.Max(least, Math.Min(1, (order.Length - rank) * pValues[order[rank]]!.Value));
        return corrected;
    }
}

/// <summary>A change with its interval.</summary>
/// <param name="Shift">From reference to difference.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
internal readonly record struct Change(double? Shift, double? Lower, double? Upper);
