using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public class RunRetentionTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(3.0, 0, "e d")]
    [InlineData(3.0, 3, "e d")]
    [InlineData(3.0, 4, "e")]
    [InlineData(3.0, 9, "")]
    [InlineData(null, 2, "e d")]
    [InlineData(null, 0, "e d b a")]
    public void The_newest_stay_and_of_the_others_those_that_are_too_old_go_the_oldest_first(double? days, int keep, string expired)
    {
        // c is running: it is never deleted, and it is one of the newest all the same.
        StoredRun[] runs = [Run("c", 2, RunState.Running), Run("e", 5), Run("a", 0.1), Run("d", 4), Run("b", 1)];

        var retention = new RunRetention(days is { } age ? TimeSpan.FromDays(age) : null, keep);

        Assert.Equal(expired, string.Join(' ', retention.Expired(runs, Now).Select(run => run.RunId)));
    }

    [Fact]
    public void A_run_as_old_as_the_limit_stays()
    {
        Assert.Empty(new RunRetention(TimeSpan.FromDays(3), 0).Expired([Run("a", 3)], Now));
    }

    private static StoredRun Run(string id, double daysAgo, string state = RunState.Completed) =>
        new(new RunFolder($"/runs/{id}"), id, "scenario", "name", Now.AddDays(-daysAgo), state);
}
