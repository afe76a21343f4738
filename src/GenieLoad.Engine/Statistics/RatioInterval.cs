namespace GenieLoad.Engine.Statistics;

/// <summary>
/// A ratio of two sums, such as a mean, with its interval by Student's t on the linearised ratio (Cochran, "Sampling Techniques", 3rd
/// edition, 6.4). What belongs together, such as the turns of a conversation, counts as one observation.
/// </summary>
/// <param name="Value">The ratio; <see langword="null"/> when the denominators sum to 0.</param>
/// <param name="Lower">Lower end; <see langword="null"/> with fewer than <see cref="LeastGroups"/> groups.</param>
/// <param name="Upper">Upper end; <see langword="null"/> with fewer than <see cref="LeastGroups"/> groups.</param>
/// <param name="Groups">Number of independent observations.</param>
internal sealed record RatioInterval(double? Value, double? Lower, double? Upper, int Groups)
{
    /// <summary>With fewer observations the shape of the distribution decides, and nobody knows it.</summary>
    public const int LeastGroups = 20;

    /// <summary>The ratio of the sums.</summary>
    /// <param name="parts">Group, numerator and denominator of each.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static RatioInterval Of(IEnumerable<(string Group, double Numerator, double Denominator)> parts, double confidence)
    {
        (double Numerator, double Denominator)[] groups =
        [
            .. parts.GroupBy(part => part.Group, StringComparer.Ordinal)
                .Select(group => (group.Sum(part => part.Numerator), group.Sum(part => part.Denominator))),
        ];
        double denominator = groups.Sum(group => group.Denominator);
        if (!(denominator > 0))
            return new RatioInterval(null, null, null, groups.Length);
        double ratio = groups.Sum(group => group.Numerator) / denominator;
        int n = groups.Length;
        if (n < LeastGroups)
            return new RatioInterval(ratio, null, null, n);
        double squares = groups.Sum(group => Math.Pow(group.Numerator - (ratio * group.Denominator), 2));
        double half = StudentT.Quantile((1 + confidence) / 2, n - 1) * Math.Sqrt(squares * n / (n - 1)) / denominator;
        return new RatioInterval(ratio, ratio - half, ratio + half, n);
    }
}
