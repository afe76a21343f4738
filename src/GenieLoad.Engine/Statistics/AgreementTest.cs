namespace GenieLoad.Engine.Statistics;

/// <summary>Values of one kind that are compared with each other, in two parts.</summary>
/// <param name="Values">The values, as numbers from 0.</param>
/// <param name="IsSecond">Per value: whether it is of the second part.</param>
public sealed record AgreementStratum(int[] Values, bool[] IsSecond);

/// <summary>
/// Whether values of two parts differ more between the parts than within them: agreement within the first, within the second and across,
/// and a permutation test that exchanges values of a stratum between its parts. Each stratum has one weight in all three, n m / (n + m) for
/// n and m values, or strata of which one part has more would set the parts apart by themselves. Where any stratum has two values in both
/// parts, only such strata count.
/// </summary>
/// <param name="First">Share of equal pairs within the first part; <see langword="null"/> for no pair.</param>
/// <param name="Second">Share of equal pairs within the second part; <see langword="null"/> for no pair.</param>
/// <param name="Across">Share of equal pairs of a value of each part; <see langword="null"/> for no pair.</param>
/// <param name="PValue">
/// How often an exchange sets the parts as far apart, 0 to 1, the actual labels counted as one exchange; <see langword="null"/> where a
/// share is missing.
/// </param>
public sealed record AgreementTest(double? First, double? Second, double? Across, double? PValue)
{
    /// <summary>Most exchanges.</summary>
    public const int MostShuffles = 999;

    private const int LeastShuffles = 199;

    private const int MostOnStack = 64;

    // Values that a test may touch: some tenths of a second.
    private const double Budget = 2e7;

    /// <summary>How far apart the parts are: the mean of the agreements within less that across. 0 or below for not at all.</summary>
    public double? Distance => First is double first && Second is double second && Across is double across
        ? ((first + second) / 2) - across
        : null;

    /// <summary>The shares alone.</summary>
    /// <param name="strata">The values; strata without both parts are left out.</param>
    public static AgreementTest Shares(IEnumerable<AgreementStratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        Sums sums = Sums.Of(Compared(strata));
        return new(sums.First, sums.Second, sums.Across, null);
    }

    /// <summary>Tests.</summary>
    /// <param name="strata">The values; strata without both parts are left out.</param>
    /// <param name="draw">Draws a number from 0 to below the given one.</param>
    /// <param name="mostShuffles">Most exchanges; fewer where there are very many values.</param>
    public static AgreementTest Of(IEnumerable<AgreementStratum> strata, Func<int, int> draw, int mostShuffles = MostShuffles)
    {
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(draw);
        AgreementStratum[] both = Compared(strata);
        AgreementTest test = Shares(both);
        if (test.Distance is not double distance)
            return test;
        // Where all values are equal, no exchange changes anything.
        AgreementStratum[] mixed = [.. both.Where(one => one.Values.Distinct().Skip(1).Any())];
        Sums constant = Sums.Of(both.Except(mixed));
        (int[] Values, bool[] Labels)[] shuffled = [.. mixed.Select(one => (one.Values, (bool[])one.IsSecond.Clone()))];
        double touched = Math.Max(1, mixed.Sum(one => one.Values.Length));
        int shuffles = (int)Math.Clamp(Budget / touched, Math.Min(LeastShuffles, mostShuffles), mostShuffles);
        int asFar = 1;
        for (int i = 0; i < shuffles; i++)
        {
            Sums sums = constant;
            foreach ((int[] values, bool[] labels) in shuffled)
            {
                Shuffle(labels, draw);
                sums = sums.With(values, labels);
            }
            // Rounding must not part what is equal.
            if (sums.Distance >= distance - 1e-12)
                asFar++;
        }
        return test with { PValue = asFar / (shuffles + 1.0) };
    }

    private static AgreementStratum[] Compared(IEnumerable<AgreementStratum> strata)
    {
        AgreementStratum[] both = [.. strata.Where(one => HasParts(one, least: 1))];
        AgreementStratum[] full = [.. both.Where(one => HasParts(one, least: 2))];
        return full.Length > 0 ? full : both;
    }

    private static bool HasParts(AgreementStratum one, int least)
    {
        int second = one.IsSecond.Count(isSecond => isSecond);
        return second >= least && one.IsSecond.Length - second >= least;
    }

    private static void Shuffle(bool[] labels, Func<int, int> draw)
    {
        for (int i = labels.Length - 1; i > 0; i--)
        {
            int other = draw(i + 1);
            (labels[i], labels[other]) = (labels[other], labels[i]);
        }
    }

    /// <summary>Shares of equal pairs, each times the weight of its stratum, and the weights.</summary>
    private readonly record struct Sums(
        double OfFirst, double FirstWeight, double OfSecond, double SecondWeight, double OfAcross, double AcrossWeight)
    {
        public double? First => FirstWeight > 0 ? OfFirst / FirstWeight : null;

        public double? Second => SecondWeight > 0 ? OfSecond / SecondWeight : null;

        public double? Across => AcrossWeight > 0 ? OfAcross / AcrossWeight : null;

        public double Distance => (((OfFirst / FirstWeight) + (OfSecond / SecondWeight)) / 2) - (OfAcross / AcrossWeight);

        public static Sums Of(IEnumerable<AgreementStratum> strata)
        {
            Sums sums = default;
            foreach (AgreementStratum one in strata)
                sums = sums.With(one.Values, one.IsSecond);
            return sums;
        }

        public Sums With(int[] values, bool[] isSecond)
        {
            // In one go over numbers alone: an exchange does this for every value.
            int kinds = values.Length == 0 ? 0 : values.Max() + 1;
            Span<int> first = kinds <= MostOnStack ? stackalloc int[kinds] : new int[kinds];
            Span<int> second = kinds <= MostOnStack ? stackalloc int[kinds] : new int[kinds];
            first.Clear();
            second.Clear();
            for (int i = 0; i < values.Length; i++)
                (isSecond[i] ? second : first)[values[i]]++;
            double n = 0;
            double m = 0;
            (double First, double Second, double Across) equal = default;
            for (int kind = 0; kind < kinds; kind++)
            {
                (double a, double b) = (first[kind], second[kind]);
                n += a;
                m += b;
                equal = (equal.First + (a * (a - 1)), equal.Second + (b * (b - 1)), equal.Across + (a * b));
            }
            double weight = n * m / (n + m);
            return new Sums(
                OfFirst + (n > 1 ? weight * equal.First / (n * (n - 1)) : 0), FirstWeight + (n > 1 ? weight : 0),
                OfSecond + (m > 1 ? weight * equal.Second / (m * (m - 1)) : 0), SecondWeight + (m > 1 ? weight : 0),
                OfAcross + (weight * equal.Across / (n * m)), AcrossWeight + weight);
        }
    }
}
