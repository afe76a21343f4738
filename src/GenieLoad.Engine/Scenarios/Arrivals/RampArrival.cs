using System.Globalization;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>At a rate that changes in a straight line from one to another.</summary>
/// <param name="first">Rate at the start.</param>
/// <param name="last">Rate at the end; one of the two is above 0.</param>
/// <param name="seconds">How long, where the number of arrivals is to follow from it.</param>
internal sealed class RampArrival(Rate first, Rate last, double? seconds) : Arrival
{
    internal override double? Count => (first.PerMinute + last.PerMinute) / 2 * seconds / 60;

    public override string Description => $"at {first} to {last}";

    internal override string ShortName =>
        string.Create(CultureInfo.InvariantCulture, $"{first.PerMinute:0.###}-{last.PerMinute:0.###}pm");

    /// <summary>Arrival i is due when the area under the line is i, so t = 2i / (first + √(first² + 2 · slope · i)).</summary>
    internal override double[] Offsets(int count, int seed)
    {
        (double begin, double end) = (first.PerMinute / 60, last.PerMinute / 60);
        double slope = (end - begin) * (begin + end) / (2 * count);
        double[] offsets = new double[count];
        for (int i = 1; i < count; i++)
            offsets[i] = 2 * i / (begin + Math.Sqrt(Math.Max(0, (begin * begin) + (2 * slope * i))));
        return offsets;
    }

    public override double? Span(int count) => seconds ?? (120 * count / (first.PerMinute + last.PerMinute));
}
