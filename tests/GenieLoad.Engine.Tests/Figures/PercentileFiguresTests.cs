using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class PercentileFiguresTests
{
    [Fact]
    public void Too_few_answers_still_have_a_value_and_say_how_many_would_carry_it()
    {
        PercentileFigure[] figures = [.. PercentileFigures.Of("Response", [.. Enumerable.Range(1, 35).Select(i => (double)i)])];

        Assert.Equal([50, 75, 90, 95, 99], figures.Select(figure => figure.Percentile));
        Assert.Equal([true, true, false, false, false], figures.Select(figure => figure.IsSupported));
        Assert.Equal("P50 18.00 s (12.00-24.00)", figures[0].ToString());
        Assert.Equal("P90 31.60 s, from 35 answers; 36 needed", figures[2].ToString());
        Assert.Equal("P99 34.66 s, from 35 answers; 368 needed", figures[4].ToString());
        Assert.Null(figures[4].LowerSeconds);
        Assert.Null(figures[4].UpperSeconds);
    }

    [Fact]
    public void Without_an_answer_there_is_no_value()
    {
        PercentileFigure figure = PercentileFigures.Of("Response", []).First();

        Assert.Null(figure.Seconds);
        Assert.Equal("P50 -, from 0 answers; 6 needed", figure.ToString());
    }

    [Fact]
    public void A_failure_counts_as_never_answered()
    {
        // 16 answers of 1 to 16 s, and 4 failures.
        QuestionResult[] rows =
        [
            .. Enumerable.Range(1, 16).Select(i => Rows.Of(i, 0, 0, i)),
            .. Enumerable.Range(17, 4).Select(i => Rows.Of(i, 0, 0, 0.1, Outcome.Failed)),
        ];

        PercentileFigure[] all = [.. PercentileFigures.Of(rows).Where(figure => figure.Measure == "ResponseWithFailures")];

        Assert.Equal([10.5, 15.25, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], all.Select(f => f.Seconds));
        Assert.Equal(20, all[0].Count);
        Assert.Equal("P50 10.50 s (6.00-15.00)", all[0].ToString());
        Assert.Equal("P75 15.25 s (11.00-never)", all[1].ToString());
        Assert.Equal("P95 never, from 20 answers; 72 needed", all[3].ToString());
    }

    [Fact]
    public void A_question_whose_own_time_limit_passed_was_never_answered()
    {
        QuestionResult[] rows =
            [.. Enumerable.Range(1, 10).Select(i => Rows.Of(i, 0, 0, i)), .. Enumerable.Range(11, 10)
                .Select(i => Rows.Of(i, 0, 0, 30, Outcome.TimedOut))];

        PercentileFigure p90 = PercentileFigures.Of(rows).Single(figure => figure is { Measure: "ResponseWithFailures", Percentile: 90 });

        Assert.Equal((double.PositiveInfinity, false), (p90.Seconds, p90.IsAtLeast));
    }

    [Fact]
    public void A_run_in_which_all_went_well_has_no_second_series() => Assert.DoesNotContain(
        PercentileFigures.Of([Rows.Of(1, 0, 0, 1), Rows.Of(2, 0, outcome: Outcome.NotStarted)]),
        figure => figure.Measure == "ResponseWithFailures");

    [Fact]
    public void What_was_given_up_took_at_least_as_long_as_it_was_waited_for()
    {
        // Half of the questions are given up after 10 s: the median is known, what lies beyond is 10 s or more.
        QuestionResult[] rows =
        [
            .. Enumerable.Range(1, 10).Select(i => Rows.Of(i, 0, 0, i / 2.0)),
            .. Enumerable.Range(11, 10).Select(i => Rows.Of(i, 0, 0, 10, Outcome.Interrupted)),
        ];

        PercentileFigure[] all = [.. PercentileFigures.Of(rows).Where(figure => figure.Measure == "ResponseWithFailures")];

        Assert.Equal((5.0, false), (all[0].Seconds, all[0].IsAtLeast));
        Assert.Equal((10.0, true), (all[1].Seconds, all[1].IsAtLeast));
        Assert.Equal("P75 over 10.00 s (10.00-never)", all[1].ToString());
        Assert.Equal(3, all[0].LowerSeconds);
        Assert.Equal(double.PositiveInfinity, all[0].UpperSeconds);
    }

    // The eight patients of the paper's section 2, table 1, worked by hand.
    [Fact]
    public void The_product_limit_estimate_is_that_of_the_textbook()
    {
        // Deaths at 0.8, 3.1, 5.4, 9.2; losses at 1.0, 2.7, 7.0, 12.1: S = 0.875, 0.7, 0.525, 0.2625.
        CensoredTime[] times =
        [
            new(0.8, false), new(1.0, true), new(2.7, true), new(3.1, false), new(5.4, false), new(7.0, true),
            new(9.2, false), new(12.1, true),
        ];

        Assert.Equal((0.8, false), KaplanMeier.Percentile(times, 12.5));
        Assert.Equal((3.1, false), KaplanMeier.Percentile(times, 30));
        Assert.Equal((5.4, false), KaplanMeier.Percentile(times, 47.5));
        Assert.Equal((9.2, false), KaplanMeier.Percentile(times, 50));
        Assert.Equal((9.2, false), KaplanMeier.Percentile(times, 73.75));
        Assert.Equal((12.1, true), KaplanMeier.Percentile(times, 74));
    }

    [Fact]
    public void Without_anything_given_up_the_estimate_is_a_value_of_the_sample()
    {
        CensoredTime[] times = [.. Enumerable.Range(1, 100).Select(i => new CensoredTime(i, false))];

        foreach (int percent in (int[])[1, 10, 50, 90, 95, 99])
            Assert.Equal((percent, false), KaplanMeier.Percentile(times, percent));
    }

    [Fact]
    public void Giving_up_early_hides_no_slowness()
    {
        // The same true times; a patience of 30 s in the second. Where both know, they say the same.
        var random = new Random(5);
        double[] truth = [.. Enumerable.Range(0, 500).Select(_ => -10 * Math.Log(1 - random.NextDouble()))];
        CensoredTime[] patient = [.. truth.Select(t => new CensoredTime(t, false))];
        CensoredTime[] hurried = [.. truth.Select(t => new CensoredTime(Math.Min(t, 30), t > 30))];

        Assert.Equal(KaplanMeier.Percentile(patient, 50), KaplanMeier.Percentile(hurried, 50));
        Assert.Equal(KaplanMeier.Percentile(patient, 90), KaplanMeier.Percentile(hurried, 90));
        Assert.Equal((30.0, true), KaplanMeier.Percentile(hurried, 99));
    }
}
