namespace GenieLoad.Engine.Tests.Architecture;

/// <summary>
/// Data flows one way: an upper floor of the engine uses lower ones. What does not yet is listed, and the lists only get shorter: an
/// exception that is no longer needed fails the test.
/// </summary>
public sealed class FloorTests
{
    private static readonly string[] UpwardUses = [];

    // Most are a folder and one inside it: the outer one opens the inner, and the inner uses what both need.
    private static readonly string[] CircularFolders =
    [
        "Http <-> Http.Retries",
        "Mlflow <-> Mlflow.Artifacts",
        "Mlflow <-> Mlflow.Folders",
        "Reports <-> Reports.Html",
        "Reports <-> Reports.Markdown",
        "Running <-> Running.Stopping",
        "Running <-> Running.Ways",
        "Scenarios <-> Scenarios.Arrivals",
        "Sessions <-> Sessions.Evaluating",
        "Sessions <-> Sessions.Places",
        "Simulation <-> Simulation.Records",
        "Simulation <-> Simulation.Transport",
        "Simulation <-> Simulation.Workspace",
        "Simulation.Records <-> Simulation.Workspace",
    ];

    [Fact]
    public void Every_folder_of_the_engine_is_a_floor_of_the_documented_house()
    {
        Assert.Equal(
            EngineFolders.Folders.Select(EngineFolders.FloorOf).Distinct().Order(StringComparer.Ordinal),
            EngineFolders.Floors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_floor_uses_one_above_it()
    {
        string[] upward =
        [
            .. EngineFolders.Uses.Select(use => (Lower: EngineFolders.FloorOf(use.User), Upper: EngineFolders.FloorOf(use.Used)))
                .Where(use => Height(use.Lower) < Height(use.Upper)).Select(use => $"{use.Lower} -> {use.Upper}")
                .Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.Equal(UpwardUses, upward);
    }

    [Fact]
    public void No_two_folders_use_each_other()
    {
        HashSet<(string User, string Used)> uses = [.. EngineFolders.Uses.Select(use => (use.User, use.Used))];

        Assert.Equal(
            CircularFolders,
            uses.Where(use => string.CompareOrdinal(use.User, use.Used) < 0 && uses.Contains((use.Used, use.User)))
                .Select(use => $"{use.User} <-> {use.Used}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_simulator_stands_alone_and_nothing_of_the_engine_stands_on_it()
    {
        Assert.DoesNotContain(
            EngineFolders.Uses, use => EngineFolders.FloorOf(use.Used) == "Simulation" && EngineFolders.FloorOf(use.User) != "Simulation");
    }

    [Fact]
    public void Those_who_call_stand_side_by_side_on_the_one_exchange()
    {
        HashSet<(string User, string Used)> uses =
            [.. EngineFolders.Uses.Select(use => (EngineFolders.FloorOf(use.User), EngineFolders.FloorOf(use.Used)))];

        Assert.All(new[] { "Credentials", "Genie", "Mlflow" }, caller => Assert.Contains((caller, "Http"), uses));
        Assert.DoesNotContain(("Mlflow", "Genie"), uses);
        Assert.DoesNotContain(("Genie", "Planning"), uses);
    }

    [Fact]
    public void Mathematics_knows_numbers_and_no_run()
    {
        Assert.DoesNotContain(
            EngineFolders.Files.Where(file => file.Folder == "GenieLoad.Engine.Statistics"),
            file => file.Code.Contains("using GenieLoad.", StringComparison.Ordinal));
    }

    private static int Height(string floor) => EngineFolders.Floors.ToList().IndexOf(floor);
}
