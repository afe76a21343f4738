using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class RunSeriesTests
{
    [Fact]
    public void Each_event_falls_into_its_stretch()
    {
        IReadOnlyList<IntervalFigures> series = RunSeries.Of(
            [
                Rows.Of(1, planned: 0, started: 0, completed: 4),
                Rows.Of(2, planned: 5, started: 12, completed: 28),
                Rows.Of(3, planned: 10, started: 15, completed: 25, outcome: Outcome.Failed),
                Rows.Of(4, planned: 29, outcome: Outcome.NotStarted),
            ],
            10);

        Assert.Equal([0, 10, 20], series.Select(row => row.OffsetSeconds));
        Assert.Equal([10, 10, 8], series.Select(row => row.LengthSeconds));
        Assert.Equal([2, 1, 0], series.Select(row => row.Offered));
        Assert.Equal([1, 2, 0], series.Select(row => row.Started));
        Assert.Equal([1, 0, 1], series.Select(row => row.Completed));
        Assert.Equal([0, 0, 1], series.Select(row => row.Failed));
        Assert.Equal([4.0, null, 23.0], series.Select(row => row.P50ResponseSeconds));
        Assert.Equal([0.4, 1.3, 13 / 8.0], series.Select(row => row.InFlight), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void What_was_shed_or_broken_off_is_no_failure_and_what_the_run_ended_before_was_never_due()
    {
        IReadOnlyList<IntervalFigures> series = RunSeries.Of(
            [
                Rows.Of(1, planned: 0, started: 0, completed: 4),
                Rows.Of(2, planned: 11, completed: 11, outcome: Outcome.NotStarted, errorType: OverflowRule.ShedErrorType),
                Rows.Of(3, planned: 12, started: 12, completed: 20, outcome: Outcome.TimedOut),
                Rows.Of(4, planned: 13, started: 13, completed: 25, outcome: Outcome.Interrupted),
                Rows.Of(5, planned: 14, started: 24, completed: 25, outcome: Outcome.Ambiguous, errorType: "RUN_ENDED"),
                Rows.Of(6, planned: 15, started: 24, completed: 25, outcome: Outcome.Ambiguous, errorType: "TRANSPORT_RESET"),
                Rows.Of(7, planned: 16, outcome: Outcome.NotStarted),
                Rows.Of(8, planned: 90, outcome: Outcome.NotStarted),
            ],
            10);

        Assert.Equal(25, series[^1].OffsetSeconds + series[^1].LengthSeconds);
        Assert.Equal([1, 6, 0], series.Select(row => row.Offered));
        Assert.Equal([0, 2, 0], series.Select(row => row.NotAsked));
        Assert.Equal([0, 0, 2], series.Select(row => row.Failed));
        Assert.Equal([1, 0, 0], series.Select(row => row.Completed));
    }

    [Fact]
    public void A_question_that_ends_with_the_run_belongs_to_the_last_stretch()
    {
        IReadOnlyList<IntervalFigures> series = RunSeries.Of([Rows.Of(1, planned: 0, started: 0, completed: 20)], 10);

        Assert.Equal([0, 1], series.Select(row => row.Completed));
        Assert.Equal([1, 1], series.Select(row => row.InFlight));
    }

    [Fact]
    public void Whoever_ended_without_a_word_is_in_flight_to_the_last()
    {
        IReadOnlyList<IntervalFigures> series = RunSeries.Of(
            [Rows.Of(1, planned: 0, started: 1, outcome: Outcome.Interrupted), Rows.Of(2, planned: 0, started: 0, completed: 31)], 10);

        Assert.Equal([1.9, 2, 2, 2], series.Select(row => row.InFlight), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Counts_and_time_in_flight_add_up_to_those_of_the_run_whatever_the_length()
    {
        var random = new Random(4);
        List<QuestionResult> rows = [];
        for (int i = 1; i <= 300; i++)
        {
            double planned = random.NextDouble() * 100;
            double started = planned + random.NextDouble();
            rows.Add(Rows.Of(i, planned, started, started + (random.NextDouble() * 40), i % 7 == 0 ? Outcome.TimedOut : Outcome.Completed));
        }

        foreach (double length in (double[])[0.25, 1, 7, 60, 1000])
        {
            IReadOnlyList<IntervalFigures> series = RunSeries.Of(rows, length);

            Assert.Equal(300, series.Sum(row => row.Offered));
            Assert.Equal(300, series.Sum(row => row.Started));
            Assert.Equal(42, series.Sum(row => row.Failed));
            Assert.Equal(258, series.Sum(row => row.Completed));
            Assert.Equal(rows.Sum(row => row.DurationSeconds!.Value), series.Sum(row => row.InFlight * row.LengthSeconds), 6);
        }
    }

    [Fact]
    public void A_series_without_rows_is_empty() => Assert.Empty(RunSeries.Of([], 10));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e-9)]
    public void A_length_that_makes_no_series_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RunSeries.Of([Rows.Of(1, 0, 0, 10)], seconds));
}
