using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private async Task<RunFolder> WriteRun(RunStore store, string scenario, DateTime startedAt)
    {
        RunFolder folder = store.Create(scenario, startedAt);
        RunHeader header = SampleRun.Header(folder.Name) with { StartedAt = startedAt, ScenarioName = scenario };
        await using RunJournal journal = RunJournal.Open(folder, header, SampleRun.Plan(1));
        await journal.CompleteAsync(new RunStatus(RunState.Completed, startedAt, 0));
        return folder;
    }

    [Fact]
    public void A_run_gets_a_folder_named_by_instant_and_scenario()
    {
        RunFolder folder = new RunStore(_temporary.Path).Create("high_load", SampleRun.StartedAt);

        Assert.Matches("^20261123-192455-high_load-[0-9a-f]{4}$", folder.Name);
        Assert.Equal(Path.Combine(_temporary.Path, "runs", folder.Name), folder.Path);
        Assert.True(Directory.Exists(folder.Path));
    }

    [Fact]
    public void A_scenario_name_never_leads_out_of_the_store_and_fits_a_folder_name()
    {
        RunStore store = new(_temporary.Path);

        Assert.Matches("^20261123-192455-.._.._a_b_c_-[0-9a-f]{4}$", store.Create("../../a:b*c?", SampleRun.StartedAt).Name);
        Assert.Equal(16 + 40 + 5, store.Create(new string('x', 300), SampleRun.StartedAt).Name.Length);
    }

    [Fact]
    public void Folders_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        RunStore store = new(Path.Combine(_temporary.Path, "home"));
        RunFolder folder = store.Create("high_load", SampleRun.StartedAt);

        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(owner, File.GetUnixFileMode(folder.Path));
        Assert.Equal(owner, File.GetUnixFileMode(store.RunsPath));
        Assert.Equal(owner, File.GetUnixFileMode(store.Root));
    }

    [Fact]
    public async Task Files_of_a_run_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = new RunStore(Path.Combine(_temporary.Path, "home")).Create("high_load", SampleRun.StartedAt);
        RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1));
        journal.Append(SampleRun.Success(1, 4));
        await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(5), 5));
        await journal.DisposeAsync();
        StatementFile.Write(folder, []);
        EvaluationFile.Write(folder, []);
        ExpectedFile.Write(folder, []);
        var change = new RunChange { OffsetSeconds = 1, ChangedAt = SampleRun.StartedAt, Change = "paused", WorkerCount = 1 };
        SteeringFile.Append(folder, new SteeringRecord(Guid.NewGuid(), change));
        SteeringInbox.TryPut(folder, new SteeringRequest { IsPaused = true });

        Assert.Equal(folder.OwnFiles.Order(), Directory.GetFiles(folder.Path).Order());
        foreach (string path in folder.OwnFiles)
            Assert.Equal((path, UnixFileMode.UserRead | UnixFileMode.UserWrite), (path, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_and_found_by_id()
    {
        RunStore store = new(_temporary.Path);
        RunFolder middle = await WriteRun(store, "a", SampleRun.StartedAt.AddMilliseconds(1));
        RunFolder newest = await WriteRun(store, "a", SampleRun.StartedAt.AddMilliseconds(2));
        RunFolder oldest = await WriteRun(store, "zzz", SampleRun.StartedAt);

        Assert.Equal([newest.Name, middle.Name, oldest.Name], store.List().Select(run => run.RunId));
        Assert.Equal(RunState.Completed, store.List()[0].State);
        Assert.Equal(middle.Path, store.Find(middle.Name).Path);
    }

    [Theory]
    [InlineData("night_load", 1)]
    [InlineData("NIGHT_*", 1)]
    [InlineData("*_load", 2)]
    [InlineData("day_loa?", 1)]
    [InlineData("load", 0)]
    public async Task Runs_are_found_by_scenario(string scenario, int count)
    {
        RunStore store = new(_temporary.Path);
        await WriteRun(store, "night_load", SampleRun.StartedAt);
        await WriteRun(store, "day_load", SampleRun.StartedAt.AddSeconds(1));

        Assert.Equal(count, store.List(new StoredRunFilter { ScenarioName = scenario }).Count);
    }

    [Fact]
    public async Task The_latest_run_is_that_of_the_scenario_asked_for()
    {
        RunStore store = new(_temporary.Path);
        RunFolder night = await WriteRun(store, "night_load", SampleRun.StartedAt);
        RunFolder day = await WriteRun(store, "day_load", SampleRun.StartedAt.AddSeconds(1));

        Assert.Equal(day.Name, store.Latest().RunId);
        Assert.Equal(night.Name, store.Latest(new StoredRunFilter { ScenarioName = "night_load" }).RunId);
        var none = new StoredRunFilter { ScenarioName = "stress_test" };
        Assert.Equal("NoRunYet", Assert.Throws<GenieLoadException>(() => store.Latest(none)).ErrorId);
    }

    [Fact]
    public async Task What_is_no_run_is_passed_over_and_what_cannot_be_read_is_told()
    {
        RunStore store = new(_temporary.Path);
        await WriteRun(store, "a", SampleRun.StartedAt);
        Directory.CreateDirectory(Path.Combine(store.RunsPath, "empty"));
        RunFolder newer = await WriteRun(store, "b", SampleRun.StartedAt);
        File.WriteAllText(newer.ManifestPath, "{\"formatVersion\":9}");
        List<string> warnings = [];

        Assert.Single(store.List(warn: warnings.Add));
        Assert.Contains("format 9", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_was_never_used_is_empty() => Assert.Empty(new RunStore(_temporary.File("none")).List());

    [Theory]
    [InlineData("20000101-000000-none-0000")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("../runs/x")]
    public void An_unknown_id_is_an_error_that_names_it(string id)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => new RunStore(_temporary.Path).Find(id));

        Assert.Equal("RunNotFound", error.ErrorId);
        Assert.Contains($"'{id}'", error.Message, StringComparison.Ordinal);
    }
}
