using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The verdict on one change.</summary>
internal static class ChangeJudge
{
    /// <summary>A row claims a change when chance makes one as large in at most this share of comparisons.</summary>
    public const double RowLevel = 0.05;

    private const double WantedEffectiveCount = 35;
    private const int LeastRepeats = 3;
    private const int MostRepeats = 10;

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

    /// <summary>
    /// P-values corrected for being many (S. Holm, Scandinavian Journal of Statistics 6, 1979); those that are missing stay so.
    /// </summary>
    public static double?[] Holm(IReadOnlyList<double?> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => pValues[i] is not null).OrderBy(i => pValues[i])];
        double?[] corrected = new double?[pValues.Count];
        double least = 0;
        for (int rank = 0; rank < order.Length; rank++)
            corrected[order[rank]] = least = Math.Max(least, Math.Min(1, (order.Length - rank) * pValues[order[rank]]!.Value));
        return corrected;
    }

    /// <summary>What keeps a figure from being judged when answers wait for each other; <see langword="null"/> for nothing.</summary>
    public static string? Waiting(SerialDependence dependence) => dependence.IsTooStrong
        ? FormattableString.Invariant($"answers waited for each other: repeat the run, {Repeats(dependence)} times on each side")
        : null;

    /// <summary>
    /// How many runs a side give a fair chance to find half as much again: so many that their answers are worth those of <c>high_load</c>;
    /// from three on, because with two the t distribution asks for a change four times its error.
    /// </summary>
    public static int Repeats(SerialDependence dependence) =>
        (int)Math.Clamp(Math.Ceiling(WantedEffectiveCount / Math.Max(1, dependence.EffectiveCount)), LeastRepeats, MostRepeats);
}
