using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>How often comparisons claim what is not so, and find what is so, over many runs from known distributions.</summary>
public class RunComparerSimulationTests(ITestOutputHelper output)
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 300 };

    /// <summary>
    /// At most this many alarms are credible of a procedure that gives 5 %: the 99.9th percentile of the binomial for 200.
    /// </summary>
    private const int MostAlarmsOf200 = 21;

    [Theory]
    [InlineData(35, 0.05, 1)]
    [InlineData(100, 0.05, 1)]
    [InlineData(100, 0.0, 4)]
    public void Runs_of_one_distribution_are_called_worse_in_at_most_one_of_twenty(int count, double failureShare, int turns)
    {
        RunComparison[] comparisons = Compare(200, count, factor: 1, failureShare, turns);

        // Figures that count failures are there only where anybody failed.
        (string Figure, int Alarms)[] alarms =
        [
            .. comparisons.SelectMany(c => c.Rows).GroupBy(row => row.Figure, row => row.Verdict == ChangeVerdict.Worse)
                .Select(figure => (figure.Key, figure.Count(worse => worse))),
        ];
        Assert.All(alarms, figure => Assert.True(figure.Alarms <= MostAlarmsOf200, $"{figure.Figure}: {figure.Alarms}"));
        int overall = comparisons.Count(c => c.Verdict == ChangeVerdict.Worse);
        output.WriteLine($"{count} questions, {turns} turns: overall {overall} of 200; "
            + string.Join(", ", alarms.Take(6).Select(figure => $"{figure.Figure} {figure.Alarms}")));
        Assert.True(overall <= MostAlarmsOf200, $"overall: {overall}");
        int questions = comparisons.Count(c => c.Questions.Any(row => row.Verdict == ChangeVerdict.Worse));
        Assert.True(questions <= MostAlarmsOf200, $"any question: {questions}");
    }

    /// <summary>The table of docs/comparing.md, as far as it can be re-made in seconds. The bounds leave room for the 100 trials.</summary>
    [Theory]
    [InlineData(35, 1.2, 0.25)]
    [InlineData(35, 1.5, 0.9)]
    [InlineData(100, 1.2, 0.7)]
    [InlineData(100, 1.1, 0.15)]
    [InlineData(300, 1.1, 0.6)]
    public void A_slowdown_is_found_as_often_as_the_documentation_says(int count, double factor, double atLeast)
    {
        RunComparison[] comparisons = Compare(100, count, factor);

        int found = comparisons.Count(c => c.Verdict == ChangeVerdict.Worse);
        output.WriteLine($"{count} questions, x {factor}: {found} %");
        Assert.True(found >= 100 * atLeast, $"{found} %");
    }

    [Fact]
    public void The_interval_of_the_median_holds_the_true_shift_about_as_often_as_it_says()
    {
        RunComparison[] comparisons = Compare(200, 100, factor: 1);

        int held = comparisons.Count(c => c.Rows[0] is { ShiftLower: <= 0, ShiftUpper: >= 0 });
        output.WriteLine($"coverage {held / 2.0} %; P90 "
            + $"{comparisons.Count(c => c.Rows[1] is { ShiftLower: <= 0, ShiftUpper: >= 0 }) / 2.0} %, "
            + $"mean {comparisons.Count(c => c.Rows[3] is { ShiftLower: <= 0, ShiftUpper: >= 0 }) / 2.0} %");
        Assert.InRange(held, 179, 200);
    }

    private static RunComparison[] Compare(int trials, int count, double factor, double failureShare = 0, int turns = 1) =>
    [
        .. Enumerable.Range(0, trials).Simulate(trial => RunComparer.Compare(
            SyntheticRun.Draw((2 * trial) + 1, count, 1, failureShare, turns),
            SyntheticRun.Draw((2 * trial) + 2, count, factor, failureShare, turns),
            Quick)),
    ];
}
