using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>
/// With gaps of a gamma distribution, at a mean rate or so that they fill a time in the mean. The first gap lies before the first arrival.
/// </summary>
/// <param name="name">Name of the shape.</param>
/// <param name="rate">Above 0; may be left out where there is a time.</param>
/// <param name="seconds">The time.</param>
/// <param name="burstiness">Variance of the gaps over the square of their mean, above 0: 1 is Poisson.</param>
internal sealed class RandomArrival(string name, Rate? rate, double? seconds, double burstiness) : SteadyArrival(rate, seconds)
{
    public override string Description => $"{base.Description} ({name})";

    internal override double[] Offsets(int count, int seed)
    {
        double shape = 1 / burstiness;
        double[] offsets = new double[count];
        long microseconds = 0;
        for (int i = 0; i < count; i++)
        {
            double gap = GammaDraw.Next(SeededRandom.For(seed, "arrival", i), shape) / shape * MeanGap(count);
            // Whole microseconds: platforms differ in the last digit of a logarithm, and the plans must not.
            microseconds += (long)Math.Round(gap * 1e6);
            offsets[i] = microseconds / 1e6;
        }
        return offsets;
    }
}
