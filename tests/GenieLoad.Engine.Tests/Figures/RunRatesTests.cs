using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class RunRatesTests
{
    [Fact]
    public void Rates_are_counts_over_their_own_spans()
    {
        RunRates rates = RunRatesCalculator.Of(
            Plan(20),
            [
                Rows.Of(1, 0, 0, 10), Rows.Of(2, 5, 6, 20), Rows.Of(3, 10, 11.5, 40), Rows.Of(4, 15, 16, 30, Outcome.Failed),
                Rows.Of(5, 18, outcome: Outcome.NotStarted),
            ]);

        Assert.Equal(5 / 20.0, rates.OfferedPerSecond);
        Assert.Equal(4 / 20.0, rates.StartedPerSecond);
        Assert.Equal(3 / 40.0, rates.CompletedPerSecond);
        Assert.Equal(3 / 4.0, rates.AchievedRatio);
        Assert.Equal((10 + 14 + 28.5 + 14) / 40, rates.MeanInFlight!.Value, 12);
        Assert.Equal(3, rates.MaximumInFlight);
        Assert.Equal(3, rates.P95InFlight);
    }

    [Fact]
    public void A_run_that_was_stopped_has_the_rates_of_the_time_that_it_had()
    {
        // One a second over 100 s, stopped after 50.
        QuestionResult[] whole = [.. Enumerable.Range(0, 100).Select(i => Rows.Of(i + 1, i, i, i + 1))];
        QuestionResult[] half = [.. whole.Take(50), .. Enumerable.Range(50, 50)
            .Select(i => Rows.Of(i + 1, i, outcome: Outcome.NotStarted))];

        RunRates rates = RunRatesCalculator.Of(Plan(100), half);

        Assert.Equal((1, 1, 1, 1), (rates.OfferedPerSecond, rates.StartedPerSecond, rates.CompletedPerSecond, rates.AchievedRatio));
        Assert.Equal((1, 1), (rates.MeanInFlight, rates.MaximumInFlight));
    }

    [Fact]
    public void A_shed_question_was_due_and_did_not_leave()
    {
        RunRates rates = RunRatesCalculator.Of(
            Plan(10), [Rows.Of(1, 0, 0, 4),
                Rows.Of(2, 5, completed: 5, outcome: Outcome.NotStarted, errorType: OverflowRule.ShedErrorType)]);

        Assert.Equal(0.5, rates.AchievedRatio);
    }

    [Fact]
    public void Questions_that_are_all_due_at_once_have_no_offered_rate()
    {
        RunRates rates = RunRatesCalculator.Of(Plan(null), [.. Enumerable.Range(1, 4).Select(i => Rows.Of(i, 0, 0, 5))]);

        Assert.Null(rates.OfferedPerSecond);
        Assert.Equal(0.8, rates.CompletedPerSecond);
        Assert.Equal(4, rates.MeanInFlight);
        Assert.Equal(Steadiness.TooShort, rates.Steadiness);
        Assert.Equal("offered at once, started at once, completed 0.80/s; in flight 4.0 (P95 4)", rates.ToString());
    }

    [Fact]
    public void A_short_burst_does_not_make_the_95th_percentile_in_flight()
    {
        // One in flight for 100 s, nine more for 1 s.
        RunRates rates = RunRatesCalculator.Of(
            Plan(100), [Rows.Of(1, 0, 0, 100), .. Enumerable.Range(2, 9).Select(i => Rows.Of(i, 50, 50, 51))]);

        Assert.Equal(1, rates.P95InFlight);
        Assert.Equal(10, rates.MaximumInFlight);
        Assert.Equal(1.09, rates.MeanInFlight!.Value, 12);
    }

    [Fact]
    public void A_service_that_keeps_up_is_steady()
    {
        var random = new Random(3);
        QuestionResult[] rows =
            [.. Enumerable.Range(0, 600).Select(i => Rows.Of(i + 1, i * 0.5, i * 0.5, (i * 0.5) + 4 + (8 * random.NextDouble())))];

        RunRates rates = RunRatesCalculator.Of(Plan(300), rows);

        Assert.Equal(Steadiness.Steady, rates.Steadiness);
        Assert.InRange(rates.LittleDeviation!.Value, 0, 0.02);
    }

    [Fact]
    public void A_queue_that_grows_is_not_steady_even_if_as_many_are_in_flight_all_the_time()
    {
        // Two a second come, eight workers serve 1.95 a second: those due wait ever longer.
        QuestionResult[] rows = [.. Enumerable.Range(0, 800).Select(i => Rows.Of(i + 1, i / 2.0, i / 1.95, (i / 1.95) + 4.1))];

        RunRates rates = RunRatesCalculator.Of(Plan(400), rows);

        Assert.Equal(Steadiness.NotSteady, rates.Steadiness);
        Assert.InRange(rates.Drift!.Value, 0.3, 0.5);
    }

    [Fact]
    public void Random_arrivals_at_one_rate_are_steady_run_after_run()
    {
        int steady = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            double at = 0;
            List<QuestionResult> rows = [];
            for (int i = 1; i <= 600; i++)
            {
                at -= Math.Log(1 - random.NextDouble()) / 2;
                rows.Add(Rows.Of(i, at, at, at + 2 + (-4 * Math.Log(1 - random.NextDouble()))));
            }

            if (RunRatesCalculator.Of(Plan(null), rows).Steadiness == Steadiness.Steady)
                steady++;
        }

        Assert.InRange(steady, 95, 100);
    }

    [Fact]
    public void A_run_that_is_short_next_to_its_answers_has_no_verdict()
    {
        QuestionResult[] rows = [.. Enumerable.Range(0, 35).Select(i => Rows.Of(i + 1, i * 0.857, i * 0.857, (i * 0.857) + 8))];

        RunRates rates = RunRatesCalculator.Of(Plan(30), rows);

        Assert.Equal(Steadiness.TooShort, rates.Steadiness);
        Assert.Null(rates.LittleDeviation);
    }

    private static Plan Plan(double? seconds) => new()
    {
        Name = "test", ScenarioName = "test", DurationSeconds = seconds, WorkerCount = 10, Seed = 1,
        Questions = new RowList<PlannedQuestion>([]),
    };
}
