using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>
/// How often verdicts are right, in worlds whose truth is known. Here in small, with bounds that only a wrong procedure misses;
/// <c>tests/verdicts</c> runs it in large and prints the tables of docs/comparing.md and docs/thresholds.md.
/// </summary>
public class VerdictTruthTests(ITestOutputHelper output)
{
    private static readonly int Large = int.Parse(
        Environment.GetEnvironmentVariable("GENIELOAD_VERDICT_PAIRS") ?? "0", CultureInfo.InvariantCulture);

    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 200 };

    public static TheoryData<string> Worlds => [.. TruthWorld.All.Select(world => world.Name)];

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Unchanged_runs_are_seldom_called_changed(string name)
    {
        TruthWorld world = TruthWorld.Find(name);
        foreach (int count in Large > 0 ? [20, 35, 100, 400] : world.IsDependent ? (int[])[100] : [35])
        {
            int pairs = Large > 0 ? Large : 40;
            (int worse, int better) = Rates(world, count, pairs, factor: 1);
            (int found, _) = Rates(world, count, pairs / 2, factor: 1.5);
            output.WriteLine(FormattableString.Invariant(
                $"| {name} | {count} | {100.0 * worse / pairs:0.0} % | {100.0 * better / pairs:0.0} % | {200.0 * found / pairs:0} % |"));
            // Five standard deviations above what is promised: 5 % worse, or 8 % changed where answers hang together.
            double promised = world.IsDependent ? 0.08 : 0.05;
            double most = (promised * pairs) + (5 * Math.Sqrt(pairs * promised * (1 - promised)));
            Assert.True((world.IsDependent ? worse + better : worse) <= most, $"{count}: {worse} worse, {better} better of {pairs}");
            if (name == "independent" && count >= 35)
                Assert.True(found >= pairs / 2 * 0.75, $"{count}: {found} of {pairs / 2} slowdowns found");
        }
    }

    /// <summary>
    /// A limit at the truth is the hardest: each verdict on it is wrong half of the time. An interval of 95 % allows one in twenty.
    /// </summary>
    [Theory]
    [MemberData(nameof(Worlds))]
    public void Thresholds_at_the_truth_are_seldom_decided(string name)
    {
        TruthWorld world = TruthWorld.Find(name);
        foreach (int count in Large > 0 ? [20, 35, 100, 400] : (int[])[100])
        {
            int runs = Large > 0 ? Large : 100;
            FigureScope[] scopes =
            [
                .. Enumerable.Range(0, runs).Simulate(run => new FigureScope(
                    MeasuredRows.Of(world.Draw(run + 1, count, isDifference: false)))),
            ];
            int[] decided = [Decided(scopes, 50), Decided(scopes, 95)];
            output.WriteLine(FormattableString.Invariant(
                $"| {name} | {count} | {100.0 * decided[0] / runs:0.0} % | {100.0 * decided[1] / runs:0.0} % |"));
            // Conversations are not allowed for by percentiles; docs/thresholds.md says so.
            double promised = world.IsDependent ? 0.08 : 0.06;
            double most = (promised * runs) + (5 * Math.Sqrt(runs * promised * (1 - promised)));
            if (name != "conversations")
                Assert.All(decided, figure => Assert.True(figure <= most, $"{count}: {figure} of {runs}"));
        }
    }

    private static int Decided(FigureScope[] scopes, int percent)
    {
        double truth = Percentile.Of(
            Percentile.Sort(scopes.SelectMany(scope => scope.Successes).Select(row => row.ResponseSeconds)), percent);
        TimePercentile figure = FigureCatalog.PercentileOf(percent, Measure.Response);
        return scopes.Simulate(scope => figure.Read(scope, ThresholdJudge.Confidence)).Count(
            reading => reading.Lower > truth || reading.Upper < truth);
    }

    private static (int Worse, int Better) Rates(TruthWorld world, int count, int pairs, double factor)
    {
        string[] verdicts =
        [
            .. Enumerable.Range(0, pairs).Simulate(pair => RunComparer.Compare(
                world.Draw((2 * pair) + 1, count, isDifference: false),
                world.Draw((2 * pair) + 2, count, isDifference: true, factor), Quick).Verdict),
        ];
        return (verdicts.Count(verdict => verdict == ChangeVerdict.Worse), verdicts.Count(verdict => verdict == ChangeVerdict.Better));
    }
}
