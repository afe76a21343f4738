using GenieLoad.Engine.Sessions.Places;

namespace GenieLoad.Engine.Tests.Sessions.Places;

public sealed class PlaceStatusTests
{
    [Fact]
    public void What_the_process_wrote_is_what_is_seen()
    {
        PlaceSight sight = PlaceStatus.Read(
            """{"stage":"Running","planned":20,"succeeded":6,"failed":1,"inFlight":3,"runPath":"/r","warnings":["w"]}""", true, null);

        Assert.Equal((PlaceStage.Running, 20, 6, 1, 3), (sight.Stage, sight.Planned, sight.Succeeded, sight.Failed, sight.InFlight));
        Assert.Equal(("/r", "w"), (sight.RunPath, Assert.Single(sight.Warnings)));
    }

    [Theory]
    [InlineData("Running", false, PlaceStage.Gone)]
    [InlineData("Ready", false, PlaceStage.Gone)]
    [InlineData("Ended", false, PlaceStage.Ended)]
    [InlineData("Refused", false, PlaceStage.Refused)]
    [InlineData("Ended", true, PlaceStage.Ended)]
    public void A_process_that_is_gone_without_having_said_so_was_killed(string stage, bool lives, PlaceStage expected)
    {
        PlaceSight sight = PlaceStatus.Read($$"""{"stage":"{{stage}}"}""", lives, "out of memory");

        Assert.Equal(expected, sight.Stage);
        Assert.Equal(expected == PlaceStage.Gone ? "out of memory" : null, sight.ErrorText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"stage\":\"Run")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"stage\":\"4\"}")]
    [InlineData("{\"stage\":4,\"planned\":\"many\",\"failed\":-3,\"succeeded\":1e99,\"warnings\":{},\"runPath\":[]}")]
    public void What_makes_no_sense_is_left_out(string text)
    {
        PlaceSight sight = PlaceStatus.Read(text, true, null);

        Assert.Equal((PlaceStage.Preparing, 0, 0, 0, null), (sight.Stage, sight.Planned, sight.Succeeded, sight.Failed, sight.RunPath));
        Assert.Empty(sight.Warnings);
    }
}
