using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Which folder is a store, and which name is that of a run in it.</summary>
public sealed class StorePlaceTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_folder_is_a_store_when_it_has_runs_or_is_called_so()
    {
        string root = _temporary.File("root"), runs = Path.Combine(root, "runs");
        Assert.Null(RunStore.At(root));
        Assert.Null(RunStore.At(runs));
        Directory.CreateDirectory(runs);

        Assert.Equal(runs, RunStore.At(root)!.RunsPath);
        Assert.Equal(runs, RunStore.At(runs + Path.DirectorySeparatorChar)!.RunsPath);
        Assert.Null(RunStore.At(_temporary.Path));
        File.WriteAllText(Path.Combine(runs, "run.json"), "{}");
        Assert.Null(RunStore.At(runs));
        File.WriteAllText(_temporary.File("runs"), "");
        Assert.Null(RunStore.At(_temporary.File("runs")));
    }

    [Theory]
    [InlineData("20261123-192455-high_load-3f9a", true)]
    [InlineData("20261123-192455--3f9a", true)]
    [InlineData("20261123-192455-high_load-3F9A", false)]
    [InlineData("20261123-high_load-3f9a", false)]
    [InlineData("20261123-192455-high load-3f9a", false)]
    public void A_store_has_a_place_for_names_that_it_gives(string name, bool has)
    {
        var store = new RunStore(_temporary.Path);

        Assert.Equal(has, store.HasPlaceFor(new RunFolder(Path.Combine(store.RunsPath, name))));
        Assert.False(store.HasPlaceFor(new RunFolder(Path.Combine(_temporary.Path, name))));
    }

    [Fact]
    public void An_id_is_a_name_and_never_a_way_out()
    {
        var store = new RunStore(_temporary.Path);
        Directory.CreateDirectory(Path.Combine(store.RunsPath, "folder", "inner"));

        Assert.Equal("folder", store.FindLeftover("folder").Name);
        foreach (string id in (string[])["", ".", "..", "folder/inner", "../runs/folder", "other"])
            Assert.Equal("RunNotFound", Assert.Throws<GenieLoadException>(() => store.FindLeftover(id)).ErrorId);
        Assert.Equal("RunNotFound", Assert.Throws<GenieLoadException>(() => store.Find("folder")).ErrorId);
        File.WriteAllText(Path.Combine(store.RunsPath, "folder", "run.json"), "{}");
        Assert.Equal("folder", store.Find("folder").Name);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_or_named_is_refused()
    {
        File.WriteAllText(_temporary.File("file"), "");

        Assert.Equal("RunFolderNotWritable", Assert.Throws<GenieLoadException>(
            () => new RunStore(_temporary.File("file")).Create("load", DateTime.UnixEpoch)).ErrorId);
        Assert.Equal("InvalidDataFolder", Assert.Throws<GenieLoadException>(() => new RunStore("a\0b")).ErrorId);
    }

    [Theory]
    [InlineData("a b/c", "a_b_c")]
    [InlineData("x-y_z.9", "x-y_z.9")]
    public void A_scenario_is_part_of_the_name(string scenario, string part) => Assert.Matches(
        $"^19700101-000000-{part}-[0-9a-f]{{4}}$", new RunStore(_temporary.Path).Create(scenario, DateTime.UnixEpoch).Name);

    [Theory]
    [InlineData("hi*", null, "", true)]
    [InlineData("lo*", null, "", false)]
    [InlineData(null, "2026*", "", true)]
    [InlineData(null, "2025*", "", false)]
    [InlineData("hi*", "2025*", "", false)]
    [InlineData(null, null, "completed", true)]
    [InlineData(null, null, "Running", false)]
    [InlineData("lo*", null, "Completed", false)]
    public void Runs_are_chosen_by_scenario_id_and_state(string? scenario, string? id, string state, bool isChosen) => Assert.Equal(
        isChosen,
        new StoredRunFilter { ScenarioName = scenario, RunId = id, States = state.Length == 0 ? [] : [state] }.Matches(
            new StoredRun(new RunFolder("/a"), "20261123-1", "high", "n", DateTime.UnixEpoch, "Completed")));

    [Fact]
    public void Whoever_asks_for_a_run_that_is_not_there_is_told_what_to_do()
    {
        var store = new RunStore(_temporary.Path);
        GenieLoadException Refused(Action ask) => Assert.Throws<GenieLoadException>(ask);

        Assert.StartsWith("An id is wanted here.", Refused(() => store.Find("2026*")).Recommendation, StringComparison.Ordinal);
        Assert.StartsWith("List the runs with Get-GenieRun", Refused(() => store.Find("2026")).Recommendation, StringComparison.Ordinal);
        Assert.StartsWith("There is no run in ", Refused(() => store.Latest()).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no completed run of scenario 'load' in ",
            Refused(() => store.Latest(new StoredRunFilter { ScenarioName = "load", States = ["Completed"] })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RunReader.Read(" "));
    }

    [Fact]
    public void Only_a_run_is_removed_and_what_else_is_there_is_named()
    {
        string path = _temporary.File("folder");
        GenieLoadException Refused() => Assert.Throws<GenieLoadException>(() => RunRemoval.Of(new RunFolder(path)));

        Assert.Throws<ArgumentNullException>(() => RunRemoval.Of(null!));
        Assert.Equal("NotARunFolder", Refused().ErrorId);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "run.json"), "{");
        Assert.Equal("RunNotRecognized", Refused().ErrorId);
        Assert.DoesNotContain("GenieLoad did not write", Refused().Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(path, "own.txt"), "");
        Assert.Contains(" GenieLoad did not write 'own.txt'.", Refused().Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(path, "own.txt")));
    }

    [Fact]
    public void Statements_are_written_line_by_line_in_place_of_those_before()
    {
        var folder = new RunFolder(_temporary.Path);
        Assert.Null(StatementFile.Read(folder, null));

        StatementFile.Write(folder, [new() { Index = 9, StatementId = "old", State = StatementState.Known }]);
        StatementFile.Write(
            folder,
            [
                new() { Index = 1, StatementId = "s1", State = StatementState.Known },
                new() { Index = 2, StatementId = "s2", State = StatementState.Known },
            ]);

        Assert.Equal(2, File.ReadAllLines(folder.StatementsPath).Length);
        Assert.Equal(["s1", "s2"], StatementFile.Read(folder, null)!.Keys.Order());
    }
}
