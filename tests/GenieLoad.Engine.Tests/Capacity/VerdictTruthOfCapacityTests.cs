using System.Globalization;
using GenieLoad.Engine.Capacity;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Capacity;

/// <summary>
/// How often a search for the capacity is right, and what it costs, in closed worlds whose truth is known. Here in small;
/// <c>tests/verdicts</c> runs it in large and prints the table of docs/capacity.md.
/// </summary>
public class VerdictTruthOfCapacityTests(ITestOutputHelper output)
{
    private const int AnswersOfBisection = 100;
    private const int MostWorlds = 100;

    private static readonly int Large = int.Parse(
        Environment.GetEnvironmentVariable("GENIELOAD_VERDICT_PAIRS") ?? "0", CultureInfo.InvariantCulture);

    [Fact]
    public void A_prediction_and_a_few_probes_find_the_capacity_for_a_fifth_of_the_questions()
    {
        Found[] found = Search(rateError: 1, few: 6);
        Say("limit known", found);
        int near = found.Count(world => world.IsPredictedWithin(0.15));
        double cost = found.Sum(world => world.Search.Asked) / (double)found.Sum(world => world.Bisection.Asked);

        // In small: one world in six may be off.
        Assert.True(near >= (Large > 0 ? 0.9 * found.Length : found.Length - 1), $"{near} of {found.Length} predictions near");
        Assert.InRange(found.Count(world => world.IsTooMany), 0, Math.Max(1, 0.1 * found.Length));
        Assert.InRange(found.Count(world => world.IsTooFew), 0, Math.Max(1, 0.1 * found.Length));
        Assert.InRange(cost, 0, Large > 0 ? 0.2 : 0.3);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(1.4)]
    public void Probes_find_the_capacity_though_the_prediction_is_wrong(double rateError)
    {
        Found[] found = Search(rateError, few: 3);
        Say(FormattableString.Invariant($"limit taken for {rateError} times itself"), found);

        Assert.DoesNotContain(found, world => world.IsPredictedWithin(0.15));
        Assert.InRange(found.Count(world => world.IsTooMany), 0, Math.Max(1, 0.15 * found.Length));
        Assert.InRange(found.Count(world => world.IsTooFew), 0, Math.Max(1, 0.1 * found.Length));
    }

    private static Found[] Search(double rateError, int few) =>
    [
        .. Enumerable.Range(1, Large > 0 ? Math.Min(Large, MostWorlds) : few).Simulate(CapacityWorld.Of)
            .Select(world =>
            {
                ClosedForecast forecast = world.Forecast(rateError);
                return new Found(
                    world.TruePeople(Large > 0 ? 200_000 : 40_000), forecast, world.Search(forecast), world.Bisect(AnswersOfBisection));
            }),
    ];

    private void Say(string name, Found[] found)
    {
        string[] cells =
        [
            name, Percent(world => world.IsPredictedWithin(0.15)), Percent(world => world.IsInInterval), Percent(world => world.IsTooMany),
            Percent(world => world.IsTooFew), Mean(world => world.Search.Probes.Count, "0.0"),
            Mean(world => world.Search.Asked) + " / " + Mean(world => world.Bisection.Asked),
            Mean(world => world.Search.Seconds / 60) + " / " + Mean(world => world.Bisection.Seconds / 60),
        ];
        output.WriteLine("| " + string.Join(" | ", cells) + " |");

        string Percent(Func<Found, bool> counts) => Mean(world => counts(world) ? 100 : 0);
        string Mean(Func<Found, double> figure, string format = "0") =>
            found.Average(figure).ToString(format, CultureInfo.InvariantCulture);
    }

    private sealed record Found(int Truth, ClosedForecast Forecast, CapacitySearch Search, CapacitySearch Bisection)
    {
        public bool IsInInterval => Forecast.Lower <= Truth && Truth <= Forecast.Upper;

        public bool IsTooMany => Search.People > 1.25 * Truth;

        public bool IsTooFew => Search.PeopleFailed < 0.9 * Truth;

        public bool IsPredictedWithin(double share) => Math.Abs(Forecast.People!.Value - Truth) <= share * Truth;
    }
}
