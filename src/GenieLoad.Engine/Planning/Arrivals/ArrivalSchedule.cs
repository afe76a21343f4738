using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning.Arrivals;

/// <summary>
/// Says when the arrivals of a scenario are due. Pure: the same scenario and seed give the same instants on every platform.
/// </summary>
internal static class ArrivalSchedule
{
    /// <summary>The instants in seconds after the start, in rising order.</summary>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="GenieLoadException">An error of <see cref="ReplayFile"/>, <c>ReplayTooShort</c>.</exception>
    public static double[] Offsets(Scenario scenario, int count, int seed) => scenario.Arrival switch
    {
        ArrivalShape.Immediate => new double[count],
        ArrivalShape.Closed => [.. Enumerable.Range(0, count).Select(user => (scenario.StaggerSeconds ?? 0) * user / count)],
        ArrivalShape.ConstantRate => [.. Enumerable.Range(0, count).Select(place => place * 60 / RateText.PerMinute(scenario.Rate))],
        ArrivalShape.Poisson => Drawn(count, MeanGap(scenario, count), shape: 1, seed),
        ArrivalShape.Gamma => Drawn(count, MeanGap(scenario, count), shape: 1 / scenario.Burstiness!.Value, seed),
        ArrivalShape.Ramp => Ramp(count, RateText.PerMinute(scenario.Rate) / 60, RateText.PerMinute(scenario.FinalRate) / 60),
        ArrivalShape.Stages => Staged(count, StagesText.Parse(scenario.Stages)!),
        ArrivalShape.Replay => Replayed(count, scenario.ReplayPath!),
        _ => [.. Enumerable.Range(0, count).Select(place => scenario.DurationSeconds is double seconds ? place * seconds / count : 0)],
    };

    /// <summary>Seconds over which the arrivals lie; <see langword="null"/> for all at once.</summary>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="offsets">Its arrivals.</param>
    public static double? Span(Scenario scenario, double[] offsets) => scenario switch
    {
        { DurationSeconds: double seconds } => seconds,
        { Arrival: ArrivalShape.Closed } => scenario.StaggerSeconds,
        { Arrival: ArrivalShape.Ramp } =>
            120 * offsets.Length / (RateText.PerMinute(scenario.Rate) + RateText.PerMinute(scenario.FinalRate)),
        { Arrival: ArrivalShape.Stages } => StagesText.Parse(scenario.Stages)!.Sum(stage => stage.Seconds),
        { Arrival: ArrivalShape.Replay } => offsets[^1],
        { Rate: string rate } => 60 * offsets.Length / RateText.PerMinute(rate),
        _ => null,
    };

    private static double MeanGap(Scenario scenario, int count) =>
        scenario.Rate is null ? scenario.DurationSeconds!.Value / count : 60 / RateText.PerMinute(scenario.Rate);

    /// <summary>
    /// Gaps of a gamma distribution, the first before the first arrival. Each is rounded to whole microseconds: platforms differ in the
    /// last digit of a logarithm, and the plans must not.
    /// </summary>
    private static double[] Drawn(int count, double meanSeconds, double shape, int seed)
    {
        double[] offsets = new double[count];
        long microseconds = 0;
        for (int i = 0; i < count; i++)
        {
            double gap = GammaDraw.Next(SeededRandom.For(seed, "arrival", i), shape) / shape * meanSeconds;
            microseconds += (long)Math.Round(gap * 1e6);
            offsets[i] = microseconds / 1e6;
        }
        return offsets;
    }

    /// <summary>
    /// Rates that change in a straight line from <paramref name="first"/> to <paramref name="last"/>, per second: arrival i is due when the
    /// area under the line is i, so t = 2i / (first + √(first² + 2 · slope · i)).
    /// </summary>
    private static double[] Ramp(int count, double first, double last)
    {
        double slope = (last - first) * (first + last) / (2 * count);
        double[] offsets = new double[count];
        for (int i = 1; i < count; i++)
            offsets[i] = 2 * i / (first + Math.Sqrt(Math.Max(0, (first * first) + (2 * slope * i))));
        return offsets;
    }

    private static double[] Staged(int count, IReadOnlyList<Stage> stages)
    {
        double[] offsets = new double[count];
        double begin = 0;
        double before = 0;
        int place = 0;
        foreach (Stage stage in stages)
        {
            // An arrival on the border of two stages belongs to the later one, unless that is a pause or there is none.
            for (; place < count && place < before + stage.Arrivals; place++)
                offsets[place] = begin + ((place - before) * 60 / stage.PerMinute);
            begin += stage.Seconds;
            before += stage.Arrivals;
        }
        Array.Fill(offsets, begin, place, count - place);
        return offsets;
    }

    private static double[] Replayed(int count, string path)
    {
        double[] recorded = ReplayFile.Read(path);
        return recorded.Length >= count ? recorded[..count] : throw PlanningErrors.ReplayTooShort(path, recorded.Length, count);
    }
}
