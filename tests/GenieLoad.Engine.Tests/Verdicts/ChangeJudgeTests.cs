using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;

namespace GenieLoad.Engine.Tests.Verdicts;

public class ChangeJudgeTests
{
    [Theory]
    [InlineData(2, 1, 3, 0.05, 1, "Worse")]
    [InlineData(-2, -3, -1, 0.05, 1, "Better")]
    [InlineData(2, 1, 3, 0.051, 1, "NotEnoughData")]
    [InlineData(2, 1, 3, 0.051, 3, "Same")]
    [InlineData(2, 1, 3, 0.01, 3, "Same")]
    [InlineData(1, 0.5, 1, 0.01, 1, "Same")]
    [InlineData(1, 0.5, 1.5, 0.01, 1, "NotEnoughData")]
    [InlineData(2, 0, 3, 0.01, 1, "NotEnoughData")]
    [InlineData(-2, -3, 0, 0.01, 1, "NotEnoughData")]
    [InlineData(0, -1, 1, 0.9, 1, "Same")]
    [InlineData(0, -1.01, 1, 0.9, 1, "NotEnoughData")]
    [InlineData(0, -1, 1.01, 0.9, 1, "NotEnoughData")]
    public void A_change_needs_a_p_value_a_size_and_an_interval(
        double shift, double lower, double upper, double p, double tolerance, string verdict)
    {
        Assert.Equal(verdict, ChangeJudge.Verdict(new Change(shift, lower, upper), p, tolerance, moreIsBetter: false));
        Assert.Equal(
            verdict switch { "Worse" => "Better", "Better" => "Worse", _ => verdict },
            ChangeJudge.Verdict(new Change(shift, lower, upper), p, tolerance, moreIsBetter: true));
    }

    [Fact]
    public void Without_any_of_them_there_is_no_verdict()
    {
        Assert.Equal("NotEnoughData", ChangeJudge.Verdict(new Change(null, -1, 1), 0.5, 5, false));
        Assert.Equal("NotEnoughData", ChangeJudge.Verdict(new Change(0, null, 1), 0.5, 5, false));
        Assert.Equal("NotEnoughData", ChangeJudge.Verdict(new Change(0, -1, null), 0.5, 5, false));
        Assert.Equal("NotEnoughData", ChangeJudge.Verdict(new Change(0, -1, 1), null, 5, false));
    }

    [Fact]
    public void Missing_p_values_stay_missing_and_correct_no_other() =>
        Assert.Equal([0.04, null, 0.02], ChangeJudge.Holm([0.04, null, 0.01]));

    [Theory]
    [InlineData(35, 5, 5)]
    [InlineData(30, 5, 6)]
    [InlineData(100, 5, 3)]
    [InlineData(3, 5, 10)]
    [InlineData(18, 5, 10)]
    public void So_many_runs_are_worth_a_run_of_35_independent_answers(int count, double inflation, int repeats)
    {
        var dependence = new SerialDependence(count, 0.7, inflation);

        Assert.Equal(repeats, ChangeJudge.Repeats(dependence));
        Assert.Contains($"repeat the run, {repeats} times", ChangeJudge.Waiting(dependence), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_did_not_wait_keep_nothing_from_being_judged() =>
        Assert.Null(ChangeJudge.Waiting(new SerialDependence(100, 0.2, 1.5)));

    [Fact]
    public void An_interval_is_widened_about_its_shift()
    {
        Assert.Equal(new Change(2, -1, 8), new Change(2, 1, 4).Widened(3));
        Assert.Equal(new Change(null, null, null), new Change(null, 1, 4).Widened(3));
    }
}
