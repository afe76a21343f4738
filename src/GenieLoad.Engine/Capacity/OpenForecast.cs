using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// How many questions a minute a space carries when they come at random, whoever asks: the queue before the bucket is one of random
/// arrivals and even service (M/D/1), whose tail falls exponentially. In closed form; service times count as independent of what is in
/// flight.
/// </summary>
/// <param name="QuestionsPerMinute">The most questions a minute that meet every level; infinite where there is no limit to hold them
/// back.</param>
/// <param name="Lower">Lower end of the interval from 5 to 95 %, the rate at its least.</param>
/// <param name="Upper">Upper end, the rate at its most.</param>
/// <param name="ShareOfLimit">The questions as a share of what the limit lets through; <see langword="null"/> without limit.</param>
internal sealed record OpenForecast(double QuestionsPerMinute, double Lower, double Upper, double? ShareOfLimit)
{
    private const int Replicates = 100;
    private const int Halvings = 40;

    /// <summary>Predicts.</summary>
    /// <param name="sample">Measured service times.</param>
    /// <param name="limit">The limit, its rate with the interval in which it lies for certain.</param>
    /// <param name="levels">What is asked of the space, at least one; all must be met.</param>
    /// <param name="seed">Seed of the interval.</param>
    public static OpenForecast Of(ServiceSample sample, AdmissionLimit limit, IReadOnlyList<ServiceLevel> levels, int seed)
    {
        if (levels.Count == 0)
            throw CapacityErrors.NoServiceLevel();
        ServiceDistribution[] replicates = [.. Enumerable.Range(0, Replicates).Select(
            replicate => sample.Resample(SeededRandom.For(seed, "replicate", replicate)).Distribution)];
        double share = Capacity(sample.Distribution, limit, levels);
        return new OpenForecast(
            PerMinute(limit.PerMinute, share),
            End(limit.LowerPerMinute, 5), End(limit.UpperPerMinute, 95),
            limit.IsNone ? null : share);

        double End(double perMinute, double percent)
        {
            double[] ends = [.. replicates.Select(service => PerMinute(perMinute, Capacity(service, limit.At(perMinute), levels))).Order()];
            return ends[(int)Math.Round((ends.Length - 1) * percent / 100)];
        }
    }

    /// <summary>The share of questions that miss a level.</summary>
    /// <param name="service">What service times are drawn from.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="level">The level.</param>
    /// <param name="share">Questions as a share of what the limit lets through, 0 to 1.</param>
    public static double MissShare(ServiceDistribution service, AdmissionLimit limit, ServiceLevel level, double share)
    {
        double within = level.LimitSeconds ?? double.PositiveInfinity;
        (double root, double factor) = Tail(share);
        double late = service.Answered.Count == 0
            ? 0
            : service.Answered.Average(seconds => seconds > within ? 1 : Beyond(within - seconds));
        return service.FailureShare + ((1 - service.FailureShare) * late);

        double Beyond(double seconds) => share <= 0 || limit.IsNone
            ? 0
            : Math.Min(1, factor * Math.Exp(-root * ((seconds / limit.TokenSeconds) + limit.Burst - 1)));
    }

    /// <summary>
    /// Decay and factor of the tail of the queue, times in tokens: the root of <c>share × (e^x − 1) = x</c> above 0, and
    /// <c>(1 − share) / (share × e^x − 1)</c>. At a share of 1 the queue grows without end.
    /// </summary>
    private static (double Root, double Factor) Tail(double share)
    {
        if (share <= 0 || share >= 1)
            return (0, 1);
        // The root lies below 2 × ln(1 / share) + 2, and the curve has its least at ln(1 / share).
        double low = -Math.Log(share), high = (2 * low) + 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (share * (Math.Exp(middle) - 1) < middle)
                low = middle;
            else
                high = middle;
        }

        return (high, (1 - share) / ((share * Math.Exp(high)) - 1));
    }

    private static double Capacity(ServiceDistribution service, AdmissionLimit limit, IReadOnlyList<ServiceLevel> levels)
    {
        double low = 0, high = 1;
        if (!Holds(low))
            return 0;
        for (int i = 0; i < Halvings && !limit.IsNone; i++)
        {
            double middle = (low + high) / 2;
            if (Holds(middle))
                low = middle;
            else
                high = middle;
        }

        return limit.IsNone ? 1 : low;

        bool Holds(double share) => levels.All(level => MissShare(service, limit, level, share) <= level.AllowedMissShare);
    }

    private static double PerMinute(double limit, double share) => share > 0 ? share * limit : 0;
}
