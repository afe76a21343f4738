namespace GenieLoad.Engine.Statistics;

/// <summary>Values of one kind that are compared with each other, in two parts.</summary>
/// <param name="Values">The values, as numbers from 0.</param>
/// <param name="IsSecond">Per value: whether it is of the second part.</param>
public sealed record AgreementStratum(int[] Values, bool[] IsSecond);

/// <summary>
/// Whether values of two parts differ more between the parts than within them: agreement within the first, within the second and across,
/// pooled over strata, and a permutation test that exchanges values of a stratum between its parts.
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
        Pairs pairs = Pairs.Of(strata.Where(HasBoth));
        return new(pairs.First, pairs.Second, pairs.Across, null);
    }

    /// <summary>Tests.</summary>
    /// <param name="strata">The values; strata without both parts are left out.</param>
    /// <param name="draw">Draws a number from 0 to below the given one.</param>
    public static AgreementTest Of(IEnumerable<AgreementStratum> strata, Func<int, int> draw)
    {
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(draw);
        AgreementStratum[] both = [.. strata.Where(HasBoth)];
        AgreementTest test = Shares(both);
        if (test.Distance is not double distance)
            return test;
        // Where all values are equal, no exchange changes anything.
        AgreementStratum[] mixed = [.. both.Where(one => one.Values.Distinct().Skip(1).Any())];
        Pairs constant = Pairs.Of(both.Except(mixed));
        (int[] Values, bool[] Labels)[] shuffled = [.. mixed.Select(one => (one.Values, (bool[])one.IsSecond.Clone()))];
        double touched = Math.Max(1, mixed.Sum(one => one.Values.Length));
        int shuffles = (int)Math.Clamp(Budget / touched, LeastShuffles, MostShuffles);
        int asFar = 1;
        for (int i = 0; i < shuffles; i++)
        {
            Pairs pairs = constant;
            foreach ((int[] values, bool[] labels) in shuffled)
            {
                Shuffle(labels, draw);
                pairs = pairs.With(values, labels);
            }
            // Rounding must not part what is equal.
            if (pairs.Distance >= distance - 1e-12)
                asFar++;
        }
        return test with { PValue = asFar / (shuffles + 1.0) };
    }

    private static bool HasBoth(AgreementStratum one) => one.IsSecond.Contains(true) && one.IsSecond.Contains(false);

    private static void Shuffle(bool[] labels, Func<int, int> draw)
    {
        for (int i = labels.Length - 1; i > 0; i--)
        {
            int other = draw(i + 1);
            (labels[i], labels[other]) = (labels[other], labels[i]);
        }
    }

    /// <summary>Equal pairs and all pairs, of the three sorts.</summary>
    private readonly record struct Pairs(
        double EqualFirst, double AllFirst, double EqualSecond, double AllSecond, double EqualAcross, double AllAcross)
    {
        public double? First => AllFirst > 0 ? EqualFirst / AllFirst : null;

        public double? Second => AllSecond > 0 ? EqualSecond / AllSecond : null;

        public double? Across => AllAcross > 0 ? EqualAcross / AllAcross : null;

        public double Distance => ((EqualFirst / AllFirst) + (EqualSecond / AllSecond)) / 2 - (EqualAcross / AllAcross);

        public static Pairs Of(IEnumerable<AgreementStratum> strata)
        {
            Pairs pairs = default;
            foreach (AgreementStratum one in strata)
                pairs = pairs.With(one.Values, one.IsSecond);
            return pairs;
        }

        public Pairs With(int[] values, bool[] isSecond)
        {
            // In one go over numbers alone: an exchange does this for every value.
            int kinds = values.Length == 0 ? 0 : values.Max() + 1;
            Span<int> first = kinds <= MostOnStack ? stackalloc int[kinds] : new int[kinds];
            Span<int> second = kinds <= MostOnStack ? stackalloc int[kinds] : new int[kinds];
            first.Clear();
            second.Clear();
            for (int i = 0; i < values.Length; i++)
                (isSecond[i] ? second : first)[values[i]]++;
            long ofFirst = 0;
            long ofSecond = 0;
            (long First, long Second, long Across) equal = default;
            for (int kind = 0; kind < kinds; kind++)
            {
                (long a, long b) = (first[kind], second[kind]);
                ofFirst += a;
                ofSecond += b;
                equal = (equal.First + (a * (a - 1)), equal.Second + (b * (b - 1)), equal.Across + (a * b));
            }
            return new Pairs(
                EqualFirst + equal.First, AllFirst + (ofFirst * (ofFirst - 1)),
                EqualSecond + equal.Second, AllSecond + (ofSecond * (ofSecond - 1)),
                EqualAcross + equal.Across, AllAcross + (ofFirst * ofSecond));
        }
    }
}
