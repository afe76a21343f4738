using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Genie.Polling;

public sealed class PollScheduleTests
{
    [Fact]
    public void Polls_begin_at_one_second_and_thin_out_to_five()
    {
        var schedule = new PollSchedule(new PollOptions());

        double[] waits = [.. Enumerable.Range(0, 7).Select(_ => schedule.Next(10))];

        Assert.Equal([1, 1.5, 2.25, 3.375, 5, 5, 5], waits);
    }

    [Fact]
    public void After_two_minutes_they_thin_out_to_a_minute()
    {
        var schedule = new PollSchedule(new PollOptions());
        for (int i = 0; i < 10; i++)
            schedule.Next(119);

        double[] waits = [.. Enumerable.Range(0, 9).Select(_ => schedule.Next(120))];

        Assert.Equal(7.5, waits[0]);
        Assert.Equal(60, waits[^1]);
        Assert.Equal(waits.Order(), waits);
    }

    [Fact]
    public void An_option_out_of_range_is_refused_by_name_and_value()
    {
        var options = new PollOptions { FirstSeconds = 8, MaximumSeconds = 5 };

        GenieLoadException e = Assert.Throws<GenieLoadException>(options.Validate);

        Assert.Equal("InvalidOption", e.ErrorId);
        Assert.Contains("MaximumSeconds is 5", e.Message, StringComparison.Ordinal);
    }
}
