using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class RunRemovalTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunStore Store => new(_temporary.Path);

    private async Task<RunFolder> WriteRun()
    {
        RunFolder folder = Store.Create("a", SampleRun.StartedAt);
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(folder.Name), SampleRun.Plan(1));
        await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt, 0));
        return folder;
    }

    private void Refused(string errorId, RunFolder folder, string? expectedRunId = null)
    {
        string[] before = Entries(folder.Path);
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunRemoval.Of(folder, Store, expectedRunId).CarryOut());
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Entries(folder.Path));
    }

    private static string[] Entries(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Order()];

    [Theory]
    [InlineData("{\"name\":\"my-package\"}")]
    [InlineData("{\"formatVersion\":1,\"state\":\"Completed\"}")]
    [InlineData("not json")]
    public void A_folder_of_somebody_else_with_a_run_json_is_no_run(string content)
    {
        RunFolder folder = new(Directory.CreateDirectory(_temporary.File("project")).FullName);
        File.WriteAllText(folder.ManifestPath, content);
        File.WriteAllText(folder.ResultsPath, "theirs");

        Refused("RunNotRecognized", folder);
    }

    [Fact]
    public async Task A_link_to_a_run_is_refused_and_the_run_stays()
    {
        RunFolder folder = await WriteRun();
        string link = _temporary.File("link");
        Directory.CreateSymbolicLink(link, folder.Path);

        Refused("RunIsALink", new RunFolder(link));
        Refused("RunIsALink", new RunFolder(link + Path.DirectorySeparatorChar));
    }

    [Fact]
    public async Task What_a_link_in_the_folder_leads_to_is_not_touched_and_the_link_is_named()
    {
        RunFolder folder = await WriteRun();
        string elsewhere = _temporary.File("elsewhere");
        File.WriteAllText(elsewhere, "theirs");
        File.Delete(folder.ResponsesPath);
        File.CreateSymbolicLink(folder.ResponsesPath, elsewhere);
        File.Delete(folder.LockPath);
        Directory.CreateDirectory(folder.LockPath);
        File.WriteAllText(Path.Combine(folder.Path, "notes\u001b.txt"), "theirs");

        RunRemoval removal = RunRemoval.Of(folder, Store);
        removal.CarryOut();

        Assert.Equal(["notes\u001b.txt", "responses.jsonl", "run.lock"], removal.Strangers);
        Assert.Equal("'notes\u27E8U+001B\u27E9.txt', 'responses.jsonl', 'run.lock'", StrangerNames.InWords(removal.Strangers));
        Assert.Equal(removal.Strangers, Entries(folder.Path).Select(Path.GetFileName));
        Assert.Equal("theirs", File.ReadAllText(elsewhere));
    }

    [Fact]
    public async Task A_manifest_that_is_a_link_or_a_pipe_makes_no_run()
    {
        RunFolder folder = await WriteRun();
        string elsewhere = _temporary.File("elsewhere.json");
        File.Move(folder.ManifestPath, elsewhere);
        File.CreateSymbolicLink(folder.ManifestPath, elsewhere);
        Refused("NotARunFolder", folder);
        if (OperatingSystem.IsWindows())
            return;

        NamedPipe.Make(folder.ManifestPath);
        await NamedPipe.WithoutWaiting(() => Refused("NotARunFolder", folder));
    }

    [Theory]
    [InlineData()]
    [InlineData("run.lock", "plan.json")]
    [InlineData(".plan.json.0abcdefg.xyz", "run.lock")]
    public void What_a_killed_process_left_before_the_manifest_can_be_removed(params string[] files)
    {
        RunFolder folder = Store.Create("a", SampleRun.StartedAt);
        foreach (string file in files)
            File.WriteAllText(Path.Combine(folder.Path, file), "");

        RunRemoval removal = RunRemoval.Of(Store.FindLeftover(folder.Name), Store);
        Assert.Contains("what is left of run", removal.Subject, StringComparison.Ordinal);
        removal.CarryOut();

        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void Nothing_left_of_a_run_is_removed_outside_the_store_or_under_another_name_or_with_files_of_others()
    {
        RunFolder outside = new(Directory.CreateDirectory(_temporary.File("20261123-192455-high_load-3f9a")).FullName);
        Refused("NotARunFolder", outside);
        RunFolder named = new(Directory.CreateDirectory(Path.Combine(Store.RunsPath, "mine")).FullName);
        Refused("NotARunFolder", named);
        RunFolder withNotes = Store.Create("a", SampleRun.StartedAt);
        File.WriteAllText(Path.Combine(withNotes.Path, ".plan.json.txt"), "mine");
        Refused("NotARunFolder", withNotes);
    }

    /// <summary>Half of a name is no name: what is removed unseen is what this program leaves, to the letter.</summary>
    [Theory]
    [InlineData(".plan.json.0abcdefg.xyz.bak")]
    [InlineData("x.plan.json.0abcdefg.xyz")]
    [InlineData("plan.json.0abcdefg.xyz")]
    [InlineData(".plan.json.0abcdef.xyz")]
    [InlineData(".plan.json.0abcdefg.xy")]
    [InlineData(".plan.json.0ABCDEFG.xyz")]
    [InlineData(".notes.json.0abcdefg.xyz")]
    [InlineData(".plan.json.0abcdefg.xyz\n")]
    public void A_file_whose_name_is_only_like_one_of_ours_is_a_stranger_s(string file)
    {
        RunFolder folder = Store.Create("a", SampleRun.StartedAt);
        File.WriteAllText(Path.Combine(folder.Path, file), "mine");

        Refused("NotARunFolder", folder);
    }

    [Theory]
    [InlineData("20261123-192455-high_load-3f9a2")]
    [InlineData("x20261123-192455-high_load-3f9a")]
    [InlineData("20261123-192455-high_load-3f9G")]
    [InlineData("2026112-192455-high_load-3f9a")]
    [InlineData("20261123-192455-high load-3f9a")]
    [InlineData("20261123-192455-high_load-3f9a\n")]
    [InlineData("20261123-192455-aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde-3f9a")]
    public void An_empty_folder_whose_name_is_only_like_that_of_a_run_is_a_stranger_s(string name)
    {
        RunFolder folder = new(Directory.CreateDirectory(Path.Combine(Store.RunsPath, name)).FullName);

        Refused("NotARunFolder", folder);
    }

    /// <summary>Before a person is asked, not only before it is carried out.</summary>
    [Fact]
    public async Task A_run_that_somebody_carries_out_is_refused_at_once()
    {
        RunFolder folder = await WriteRun();
        using (RunLock.Take(folder, TimeProvider.System))
            Assert.Equal("RunStillRunning", Assert.Throws<GenieLoadException>(() => RunRemoval.Of(folder, Store)).ErrorId);

        RunRemoval.Of(folder, Store).CarryOut();

        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_damaged_run_is_removed_from_the_store_alone_and_only_when_nothing_else_is_in_it()
    {
        RunFolder folder = await WriteRun();
        File.WriteAllText(folder.ManifestPath, File.ReadAllText(folder.ManifestPath)[..40]);
        string copy = _temporary.File("copy");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(folder.Path))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        Refused("RunNotRecognized", new RunFolder(copy));
        string note = Path.Combine(folder.Path, "note.txt");
        File.WriteAllText(note, "mine");
        Refused("RunNotRecognized", folder);
        File.Delete(note);

        RunRemoval removal = RunRemoval.Of(folder, Store);
        Assert.Contains("damaged run", removal.Subject, StringComparison.Ordinal);
        removal.CarryOut();

        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_run_of_a_later_version_is_left_to_that_version()
    {
        RunFolder folder = await WriteRun();
        File.WriteAllText(folder.ManifestPath, "{\"formatVersion\":9}");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunRemoval.Of(folder, Store));

        Assert.Equal("RunFormatTooNew", error.ErrorId);
    }

    [Fact]
    public async Task A_folder_that_holds_another_run_than_the_one_meant_stays()
    {
        RunFolder folder = await WriteRun();

        Refused("RunIsAnother", folder, "20261123-192455-high_load-0000");
    }

    [Fact]
    public async Task What_changed_while_a_person_thought_is_looked_at_again()
    {
        RunFolder folder = await WriteRun();
        RunRemoval removal = RunRemoval.Of(folder, Store);
        File.WriteAllText(folder.ManifestPath, "{}");
        File.WriteAllText(Path.Combine(folder.Path, "theirs.txt"), "theirs");

        Assert.Equal("RunNotRecognized", Assert.Throws<GenieLoadException>(removal.CarryOut).ErrorId);

        Assert.True(File.Exists(folder.ManifestPath));
    }
}
