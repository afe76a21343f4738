using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public class ConversationQuotaTests
{
    [Theory]
    [InlineData(8_849, false)]
    [InlineData(8_850, true)]
    public async Task A_space_that_the_test_would_fill_is_warned_of(int planned, bool warned)
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        // More than one page of a hundred.
        await space.Run(SimulatedRun.Plan(150, 0, workers: 150));

        string? warning = await space.Time.Drive(
            () => ConversationQuota.WarningAsync(space.Client, space.SpaceId, planned, CancellationToken.None));

        Assert.Equal(warned, warning is not null);
        if (warned)
            Assert.StartsWith("The space has 150 of your conversations and the test opens up to 8,850; the limit is 10,000.", warning,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_say_is_left_alone()
    {
        using var space = new LastingSpace(new SimulatorOptions { ServerErrorShare = 1 });

        Assert.Null(await space.Time.Drive(() => ConversationQuota.WarningAsync(space.Client, space.SpaceId, 10, CancellationToken.None)));
    }

    [Fact]
    public async Task What_a_test_created_can_be_deleted_but_for_what_a_resumption_needs()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        Plan plan = SimulatedRun.Plan(40, 40, workers: 40, conversation: i => i < 8 ? $"c{i % 2}" : null);
        LoadRun stopped = await space.RunAndStop(plan, afterSeconds: 20);
        int created = stopped.Results.Select(row => row.ConversationId).OfType<string>().Distinct().Count();

        CleanupResult cleanup = await space.Time.Drive(
            () => ConversationCleanup.RemoveAsync([new RunTarget(stopped.Connections[0], space.Client)], stopped, CancellationToken.None));
        LoadRun whole = await space.Resume(stopped);
        CleanupResult rest = await space.Time.Drive(
            () => ConversationCleanup.RemoveAsync([new RunTarget(whole.Connections[0], space.Client)], whole, CancellationToken.None));

        Assert.Equal((created, created, null), (cleanup.Created, cleanup.Removed + cleanup.Kept, cleanup.Trouble));
        Assert.True(cleanup is { Removed: > 0, Kept: > 0 });
        Assert.All(whole.Results, row => Assert.True(row.Success, row.ErrorText));
        Assert.Equal((0, null), (rest.Kept, rest.Trouble));
    }
}
