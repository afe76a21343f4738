using System.Globalization;
using GenieLoad.Engine.Durations;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>One after the other with equal gaps: at a rate, spread over a time, or without either all at the first instant.</summary>
/// <param name="rate">Above 0.</param>
/// <param name="seconds">The time; where there is a rate too, the number of arrivals follows from both.</param>
internal class SteadyArrival(Rate? rate, double? seconds) : Arrival
{
    internal sealed override double? Count => rate?.PerMinute * seconds / 60;

    public override string Description =>
        rate is not null ? $"at {rate}" : seconds is null ? "all at once" : $"over {DurationText.Format(seconds)}";

    internal sealed override string ShortName => rate is Rate known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.PerMinute:0.###}pm")
        : DurationText.Format(seconds);

    internal override double[] Offsets(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(place => rate is Rate known ? place * 60 / known.PerMinute : place * (seconds ?? 0) / count)];

    public sealed override double? Span(int count) => seconds ?? (60 * count / rate?.PerMinute);

    /// <summary>Seconds from one arrival to the next, in the mean.</summary>
    private protected double MeanGap(int count) => rate is Rate known ? 60 / known.PerMinute : seconds!.Value / count;
}
