using GenieLoad.Engine.Sessions.Places;

namespace GenieLoad.Engine.Tests.Sessions.Places;

public sealed class PlacesProgressTests
{
    [Fact]
    public void A_few_places_are_named()
    {
        PlacesProgress progress = new(40, [Of("a", "running", 6, 1, 3), Of("b", "lost", 4, 0, 0), new("c", "waiting", Sight(0, 0, 0, 0))]);

        Assert.Equal("10 of 40 answered, 1 failed, 3 in flight; a running 7/20, b lost 4/20, c waiting", progress.ToString());
        Assert.Equal((11, 27), (progress.Done, progress.Percent));
    }

    [Fact]
    public void Many_are_counted()
    {
        PlacesProgress progress = new(100, [.. Enumerable.Range(1, 5).Select(i => Of($"n{i}", i == 2 ? "lost" : "running", 1, 0, 1))]);

        Assert.Equal("5 of 100 answered, 5 in flight; 4 running, 1 lost", progress.ToString());
    }

    private static PlaceProgress Of(string name, string word, int answered, int failed, int inFlight) =>
        new(name, word, Sight(20, answered, failed, inFlight));

    private static PlaceSight Sight(int planned, int answered, int failed, int inFlight) => new()
    {
        Stage = PlaceStage.Running, Planned = planned, Succeeded = answered, Failed = failed, InFlight = inFlight,
    };
}
