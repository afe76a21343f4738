namespace GenieLoad.Engine.Capacity;

/// <summary>A number of people who ask, wait, think and ask again, a service, and the limit in front of it.</summary>
/// <param name="Think">How long people think.</param>
/// <param name="Service">What service times are drawn from.</param>
/// <param name="Limit">How many questions the service takes.</param>
/// <param name="Levels">What is asked of it, at least one.</param>
internal sealed record ClosedModel(ThinkTime Think, ServiceDistribution Service, AdmissionLimit Limit, IReadOnlyList<ServiceLevel> Levels)
{
    /// <summary>The most people that are looked at.</summary>
    public const int MostPeople = 5_000;

    private const int WarmUpPerPerson = 5;
    private const int LeastAnswersPerPerson = 20;

    /// <summary>Whether more people change nothing: without limit and without growth nobody meets anybody.</summary>
    public bool IsIndependent => Limit.IsNone && double.IsInfinity(Service.Slots);

    /// <summary>The share of questions that miss each level.</summary>
    /// <param name="people">How many people, from 1.</param>
    /// <param name="answers">How many answers are simulated, at least; those of the warm-up come on top.</param>
    /// <param name="seed">Seed; with the same one, numbers of people meet the same service.</param>
    public double[] MissShares(int people, int answers, int seed)
    {
        int[] misses = new int[Levels.Count];
        int count = 0;
        foreach (ClosedAnswer answer in Simulate(people, answers, seed))
        {
            count++;
            for (int level = 0; level < misses.Length; level++)
            {
                if (Levels[level].IsMiss(answer.ResponseSeconds, answer.Service.IsFailed))
                    misses[level]++;
            }
        }

        return [.. misses.Select(number => (double)number / count)];
    }

    /// <summary>Whether every level is met.</summary>
    /// <param name="people">How many people; none meet every level.</param>
    /// <param name="answers">How many answers are simulated.</param>
    /// <param name="seed">Seed.</param>
    public bool Holds(int people, int answers, int seed) =>
        people < 1 || MissShares(people, answers, seed).Zip(Levels).All(pair => pair.First <= pair.Second.AllowedMissShare);

    /// <summary>The most people who meet every level; <see langword="null"/> for more than are looked at.</summary>
    /// <param name="answers">How many answers are simulated for each number of people.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="near">A number near it.</param>
    public int? Capacity(int answers, int seed, int near)
    {
        if (IsIndependent)
            return Holds(1, answers, seed) ? null : 0;
        int low = 0, high = MostPeople + 1;
        for (int at = Math.Clamp(near, 1, MostPeople), step = Math.Max(1, at / 10); high - low > 1; step *= 2)
        {
            if (Holds(at, answers, seed))
                low = at;
            else
                high = at;
            // Outwards in growing steps until the number lies between two, then by halves.
            at = high > MostPeople ? Math.Min(MostPeople, low + step) : low == 0 ? Math.Max(1, high - step) : (low + high) / 2;
            if (low == MostPeople)
                return null;
        }

        return low;
    }

    /// <summary>What so many people meet.</summary>
    /// <param name="people">How many people, from 1.</param>
    /// <param name="answers">How many answers are simulated.</param>
    /// <param name="seed">Seed.</param>
    public ClosedFigures Figures(int people, int answers, int seed) => ClosedFigures.Of(this, people, Simulate(people, answers, seed));

    /// <summary>A number near the capacity by arithmetic alone: whom the limit feeds when every answer just comes in time.</summary>
    public int Guess()
    {
        double response = Levels.Min(level => level.LimitSeconds) ?? Service.MeanSeconds;
        double bound = (Think.MeanSeconds + response) * Math.Min(Limit.PerMinute / 60, Service.Slots / Service.MeanSeconds);
        return (int)Math.Clamp(bound, 1, MostPeople);
    }

    private IEnumerable<ClosedAnswer> Simulate(int people, int answers, int seed)
    {
        ClosedWorld world = new(this, people, seed);
        int warmUp = Math.Max(answers / 10, people * WarmUpPerPerson);
        for (int i = 0; i < warmUp; i++)
            world.Next();
        for (int i = Math.Max(answers, people * LeastAnswersPerPerson); i > 0; i--)
            yield return world.Next();
    }
}
