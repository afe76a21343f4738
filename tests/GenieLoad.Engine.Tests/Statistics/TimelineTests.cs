using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statistics;

public sealed class TimelineTests
{
    [Fact]
    public void In_flight_is_the_mean_over_the_interval_and_answers_count_where_they_came()
    {
        // From 0 to 2, and from 0.5 to 3.
        IReadOnlyList<TimelinePoint> points = Timeline.Calculate([SampleRun.Success(1, 2), SampleRun.Success(2, 2.5)], 3);

        Assert.Equal([1, 2, 3], points.Select(point => point.EndSeconds));
        Assert.Equal([1.5, 2, 1], points.Select(point => point.InFlight));
        Assert.Equal([0, 1, 1], points.Select(point => point.Completed));
        Assert.Equal([null, 2, 2.5], points.Select(point => point.P50ResponseSeconds));
    }

    [Fact]
    public void The_time_in_flight_adds_up_whatever_the_interval()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 500).Select(index => SampleRun.Success(index, 1 + (index % 7)))];

        IReadOnlyList<TimelinePoint> points = Timeline.Calculate(rows, 255);

        Assert.Equal(2, points[0].EndSeconds);
        Assert.Equal(rows.Sum(row => row.CompletedOffsetSeconds!.Value - row.StartedOffsetSeconds!.Value), points.Sum(point => point.InFlight * 2), 6);
        Assert.Equal(500, points.Sum(point => point.Completed));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(200, 1)]
    [InlineData(200.5, 2)]
    [InlineData(3600, 30)]
    [InlineData(864_000, 7200)]
    public void The_interval_grows_so_that_the_points_stay_few(double total, int expected)
    {
        Assert.Equal(expected, Timeline.IntervalSeconds(total));
        Assert.InRange(total / expected, 0, Timeline.MaximumPoints);
    }

    [Fact]
    public void A_run_in_which_nothing_was_asked_has_no_timeline() =>
        Assert.Empty(Timeline.Calculate([SampleRun.Failure(1, Outcome.NotStarted, null)], 10));
}
