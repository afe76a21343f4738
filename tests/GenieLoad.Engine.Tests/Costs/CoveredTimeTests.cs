using GenieLoad.Engine.Costs;

namespace GenieLoad.Engine.Tests.Costs;

public class CoveredTimeTests
{
    [Fact]
    public void What_several_cover_counts_once()
    {
        Assert.Equal(0, CoveredTime.Milliseconds([]));
        Assert.Equal(30, CoveredTime.Milliseconds([(10, 30), (20, 40)]));
        Assert.Equal(40, CoveredTime.Milliseconds([(20, 30), (0, 40), (10, 20)]));
        Assert.Equal(20, CoveredTime.Milliseconds([(50, 60), (0, 10)]));
    }

    [Fact]
    public void A_tail_closes_gaps_and_is_counted_once()
    {
        Assert.Equal(45, CoveredTime.Milliseconds([(0, 10), (20, 30)], tail: 15));
        Assert.Equal(30, CoveredTime.Milliseconds([(0, 10), (20, 30)], tail: 5));
        Assert.Equal(25, CoveredTime.Milliseconds([(0, 10), (0, 10)], tail: 15));
    }

    [Fact]
    public void Any_intervals_cover_what_a_count_of_every_millisecond_says()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            (long From, long To)[] intervals =
            [
                .. Enumerable.Range(0, random.Next(8)).Select(_ => (long)random.Next(100)).Select(from => (from, from + random.Next(30))),
            ];
            int tail = random.Next(20);

            long counted = Enumerable.Range(0, 200).Count(at => intervals.Any(one => at >= one.From && at < one.To + tail));

            Assert.Equal(counted, CoveredTime.Milliseconds(intervals, tail));
        }
    }
}
