using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>
/// How often means and shares of time are decided wrongly at a limit that is the truth itself, where values are skewed, heavy-tailed or
/// rare. Here in small; <c>tests/verdicts</c> runs it in large and prints the tables of docs/thresholds.md.
/// </summary>
public class VerdictTruthOfMeansTests(ITestOutputHelper output)
{
    private static readonly int Large = int.Parse(
        Environment.GetEnvironmentVariable("GENIELOAD_VERDICT_PAIRS") ?? "0", CultureInfo.InvariantCulture);

    private static readonly int Runs = Large > 0 ? 5 * Large : 400;

    private static readonly int[] Counts = Large > 0 ? [20, 35, 100, 400] : [20, 100];

    /// <summary>How a time is drawn, and its true mean. A mix is of ten questions, whose medians lie between 6 and 28.5 s.</summary>
    private static readonly Dictionary<string, (Func<SeededRandom, int, double> Draw, double Mean)> Times = new()
    {
        ["log-normal 0.35"] = ((random, _) => LogNormal(random, 0.35), Math.Exp(0.35 * 0.35 / 2)),
        ["log-normal 0.5"] = ((random, _) => LogNormal(random, 0.5), Math.Exp(0.5 * 0.5 / 2)),
        ["log-normal 0.8"] = ((random, _) => LogNormal(random, 0.8), Math.Exp(0.8 * 0.8 / 2)),
        ["mix, log-normal 0.35"] = ((random, i) => Median(i) * LogNormal(random, 0.35), 17.25 * Math.Exp(0.35 * 0.35 / 2)),
        ["exponential"] = ((random, _) => Exponential(random), 1),
        ["Pareto 2.5"] = ((random, _) => Pareto(random, 2.5), 2.5 / 1.5),
        ["Pareto 1.5"] = ((random, _) => Pareto(random, 1.5), 3),
        ["mix, Pareto 1.5"] = ((random, i) => Median(i) * Pareto(random, 1.5), 17.25 * 3),
    };

    /// <summary>
    /// How often a question waits for 429s, how long, and the true mean of that. Its answer takes ten seconds, log-normal 0.35.
    /// </summary>
    private static readonly Dictionary<string, (double Share, Func<SeededRandom, double> Draw, double Mean)> Losses = new()
    {
        ["2 % lose 56 s"] = (0.02, _ => 56, 56),
        ["2 % lose 150 s"] = (0.02, _ => 150, 150),
        ["5 % lose 56 s"] = (0.05, _ => 56, 56),
        ["5 % lose 5 to 15 s"] = (0.05, random => 5 + (10 * random.NextDouble()), 10),
        ["20 % lose 5 to 15 s"] = (0.2, random => 5 + (10 * random.NextDouble()), 10),
        ["20 % lose 60 s, exponential"] = (0.2, random => 60 * Exponential(random), 60),
        ["50 % lose 15 s, Pareto 1.5"] = (0.5, random => 5 * Pareto(random, 1.5), 15),
    };

    public static TheoryData<string> TimeNames => [.. Times.Keys];

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(TimeNames))]
    public void A_mean_at_the_truth_passes_in_at_most_one_run_of_twenty(string name)
    {
        (Func<SeededRandom, int, double> draw, double mean) = Times[name];
        foreach (int count in Counts)
        {
            Reading[] readings = Read("MeanResponseSeconds", name, random =>
                [.. Enumerable.Range(0, count).Select(i => Rows.Of(i + 1, i, i, i + draw(random, i)))]);
            Judge(name, count, readings, mean);
        }
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void A_share_at_the_truth_passes_in_at_most_one_run_of_twenty(string name)
    {
        (double share, Func<SeededRandom, double> draw, double mean) = Losses[name];
        double kept = 10 * Math.Exp(0.35 * 0.35 / 2);
        foreach (int count in Counts)
        {
            Reading[] readings = Read("ThrottleShare", name, random => [.. Enumerable.Range(0, count).Select(i =>
            {
                double lost = random.NextDouble() < share ? draw(random) : 0;
                return Rows.Of(i + 1, i, i, i + lost + (10 * LogNormal(random, 0.35))) with { ThrottleSeconds = lost };
            })]);
            Judge(name, count, readings, 100 * share * mean / (kept + (share * mean)));
            Assert.All(readings, reading => Assert.True(reading.Upper is null or > 0));
        }
    }

    /// <summary>Rates near an end of their scale, where most runs see none of what is rare.</summary>
    [Theory]
    [InlineData(0.005)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    [InlineData(0.1)]
    public void A_rate_at_the_truth_is_decided_in_at_most_one_run_of_twenty_to_either_side(double share)
    {
        foreach (int count in Counts)
        {
            Reading[] readings = Read("FailureRate", FormattableString.Invariant($"rate {share}"), random =>
                [.. Enumerable.Range(0, count).Select(i => Rows.Of(i + 1, i, i, i + 5,
                    random.NextDouble() < share ? Outcome.Failed : Outcome.Completed))]);
            Judge(FormattableString.Invariant($"{100 * share} % fail"), count, readings, 100 * share);
        }
    }

    private void Judge(string name, int count, Reading[] readings, double truth)
    {
        int passed = readings.Count(reading => reading.Upper < truth);
        int failed = readings.Count(reading => reading.Lower > truth);
        double[] ends = [.. readings.Select(reading => (reading.Upper ?? double.PositiveInfinity) / truth).Order()];
        output.WriteLine(FormattableString.Invariant(
            $"| {name} | {count} | {100.0 * passed / Runs:0.0} | {100.0 * failed / Runs:0.0} | {ends[Runs / 2]:0.00} |"));
        // Three standard deviations above what is promised.
        double most = (0.05 * Runs) + (3 * Math.Sqrt(Runs * 0.05 * 0.95));
        Assert.True(passed <= most && failed <= most, $"{count}: {passed} passed and {failed} failed of {Runs}");
    }

    private static Reading[] Read(string figure, string name, Func<SeededRandom, QuestionResult[]> draw) =>
    [
        .. Enumerable.Range(1, Runs).Simulate(run => FigureCatalog.Find(figure)!.Read(
            new FigureScope(draw(SeededRandom.For(run, name, 0))), ThresholdJudge.Confidence)),
    ];

    private static double Median(int i) => 6 + (2.5 * (i % 10));

    private static double LogNormal(SeededRandom random, double sigma) => Math.Exp(sigma * random.NextNormal());

    private static double Exponential(SeededRandom random) => -Math.Log(1 - random.NextDouble());

    private static double Pareto(SeededRandom random, double index) => Math.Pow(1 - random.NextDouble(), -1 / index);
}
