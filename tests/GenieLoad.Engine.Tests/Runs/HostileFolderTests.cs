using System.Text;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Files;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Folders that nobody of ours would write: pipes, endless and huge files, and bad neighbours in the store.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunStore Store => new(_temporary.Path);

    private async Task<RunFolder> WriteRun(int second = 0)
    {
        RunFolder folder = Store.Create("high_load", SampleRun.StartedAt.AddSeconds(second));
        RunHeader header = SampleRun.Header(folder.Name) with { StartedAt = SampleRun.StartedAt.AddSeconds(second) };
        await using RunJournal journal = RunJournal.Open(folder, header, SampleRun.Plan(2));
        for (int index = 1; index <= 2; index++)
        {
            await journal.Started(index, index);
            journal.Append(SampleRun.Success(index, index + 1), SampleRun.Responses("{}"));
        }

        await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(9), 9));
        return folder;
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("plan.json")]
    [InlineData("results.jsonl")]
    [InlineData("started.jsonl")]
    public async Task A_pipe_in_place_of_a_file_is_refused_and_not_waited_for(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = await WriteRun();
        NamedPipe.Make(Path.Combine(folder.Path, name));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => NamedPipe.WithoutWaiting(() => RunReader.Read(folder.Path)));

        Assert.Equal("RunUnreadable", error.ErrorId);
        Assert.Contains("named pipe", error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.lock")]
    [InlineData("responses.jsonl")]
    [InlineData("events.log")]
    public async Task A_pipe_in_place_of_a_file_that_reading_does_not_need_holds_nothing_up(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = await WriteRun();
        NamedPipe.Make(Path.Combine(folder.Path, name));

        LoadRun run = await NamedPipe.WithoutWaiting(() => RunReader.Read(folder.Path));

        Assert.Equal((RunState.Completed, 2), (run.State, run.SuccessfulCount));
        if (name == "responses.jsonl")
        {
            GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
                () => NamedPipe.WithoutWaiting(() => RunExport.Write(run, _temporary.File("x.jsonl"), overwrite: false)));
            Assert.Equal("NoResponses", error.ErrorId);
        }
    }

    [Theory]
    [InlineData("responses.jsonl")]
    [InlineData("events.log")]
    public async Task A_pipe_is_not_resumed_into(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = Store.Create("high_load", SampleRun.StartedAt);
        RunSettings settings = new() { Poll = new PollOptions(), QuestionTimeoutSeconds = 300, ReadResult = true };
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(folder.Name), SampleRun.Plan(2), settings))
            await journal.CompleteAsync(new RunStatus(RunState.Stopped, SampleRun.StartedAt, 0));
        using UnfinishedRun run = UnfinishedRun.Take(folder.Path);
        File.Delete(Path.Combine(folder.Path, name));
        NamedPipe.Make(Path.Combine(folder.Path, name));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => NamedPipe.WithoutWaiting(
            () => RunJournal.Reopen(run, SampleRun.Header(folder.Name), settings, TimeProvider.System)));

        Assert.Contains("named pipe", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.json", "16 MB")]
    [InlineData("plan.json", "1 GB")]
    public async Task A_huge_manifest_or_plan_is_refused_before_it_is_read(string name, string limit)
    {
        RunFolder folder = await WriteRun();
        string path = Path.Combine(folder.Path, name);
        using (FileStream file = new(path, FileMode.Open))
            file.SetLength(3L << 30);

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunReader.Read(folder.Path));

        Assert.Equal("RunUnreadable", error.ErrorId);
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("results.jsonl")]
    [InlineData("started.jsonl")]
    public async Task A_huge_line_is_refused_with_its_file_and_number(string name)
    {
        RunFolder folder = await WriteRun();
        using (FileStream file = new(Path.Combine(folder.Path, name), FileMode.Open))
            file.SetLength(2L << 30);

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => RunReader.Read(folder.Path));

        Assert.Equal("RunUnreadable", error.ErrorId);
        Assert.Matches(name + ": Line [0-9]+ is longer than 128 MB", error.Message);
    }

    [Fact]
    public async Task So_many_bad_lines_are_one_warning_in_the_end()
    {
        RunFolder folder = await WriteRun();
        File.AppendAllLines(folder.ResultsPath, Enumerable.Repeat("bad", 5000));
        List<string> warnings = [];

        Assert.Equal(2, RunReader.Read(folder.Path, warnings.Add).SuccessfulCount);

        Assert.Equal(21, warnings.Count);
        Assert.Contains("4980 more lines", warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_is_no_utf8_costs_a_letter_and_a_byte_order_mark_nothing()
    {
        RunFolder folder = await WriteRun();
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. File.ReadAllBytes(folder.ResultsPath)];
        bytes[bytes.AsSpan().IndexOf("Forty-two"u8)] = 0xFF;
        File.WriteAllBytes(folder.ResultsPath, bytes);

        LoadRun run = RunReader.Read(folder.Path, warning => Assert.Fail(warning));

        Assert.Equal(["\uFFFDorty-two.", "Forty-two."], run.Results.Select(row => row.Answer));
    }

    [Fact]
    public async Task A_bad_neighbour_hides_no_run()
    {
        RunFolder good = await WriteRun();
        RunFolder bad = await WriteRun(1);
        File.WriteAllText(bad.ManifestPath, "{");
        RunFolder noFile = await WriteRun(2);
        File.Delete(noFile.ManifestPath);
        Directory.CreateDirectory(noFile.ManifestPath);
        File.WriteAllText(Path.Combine(Store.RunsPath, "20261123-192455-a-0001"), "a file");
        Directory.CreateSymbolicLink(Path.Combine(Store.RunsPath, "ring"), "ring");
        Directory.CreateSymbolicLink(Path.Combine(Store.RunsPath, "up"), "..");
        RunFolder pipe = await WriteRun(3);
        if (!OperatingSystem.IsWindows())
        {
            NamedPipe.Make(pipe.ManifestPath);
            RunFolder closed = await WriteRun(4);
            File.SetUnixFileMode(closed.ManifestPath, UnixFileMode.None);
            File.SetUnixFileMode(closed.Path, UnixFileMode.None);
            // Its name is no UTF-8.
            System.Diagnostics.Process.Start("sh", ["-c", $"mkdir \"{Store.RunsPath}/$(printf 'a\\377b')\""]).WaitForExit();
        }

        List<string> warnings = [];
        IReadOnlyList<StoredRun> runs = await NamedPipe.WithoutWaiting(() => Store.List(warn: warnings.Add));

        Assert.Contains(good.Name, runs.Select(run => run.RunId));
        Assert.DoesNotContain(bad.Name, runs.Select(run => run.RunId));
        Assert.Contains(warnings, warning => warning.Contains(bad.Path, StringComparison.Ordinal));
        Restore();
    }

    [Fact]
    public async Task An_earlier_run_that_cannot_be_read_is_told_and_the_one_before_it_compared()
    {
        RunFolder oldest = await WriteRun();
        RunFolder broken = await WriteRun(1);
        RunFolder newest = await WriteRun(2);
        File.WriteAllText(broken.PlanPath, "{");
        List<string> warnings = [];

        LoadRun baseline = BaselineRun.Previous(Store, RunReader.Read(newest.Path), warnings.Add);

        Assert.Equal(oldest.Name, baseline.RunId);
        Assert.Contains(broken.Path, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_listed_is_an_error_that_names_it()
    {
        if (OperatingSystem.IsWindows() || !Unprivileged.IsPossible)
            return;
        RunStore store = Store;
        store.Create("a", SampleRun.StartedAt);
        File.SetUnixFileMode(_temporary.Path, Unprivileged.OpenToAll);
        File.SetUnixFileMode(store.RunsPath, UnixFileMode.None);

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Unprivileged.Act(() => store.List()));

        Restore();
        Assert.Equal("StoreUnreadable", error.ErrorId);
        Assert.Contains(store.RunsPath, error.Message, StringComparison.Ordinal);
    }

    /// <summary>So that the folder can go with the test.</summary>
    private void Restore()
    {
        if (OperatingSystem.IsWindows())
            return;
        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(Store.RunsPath, owner);
        foreach (string folder in Directory.EnumerateDirectories(Store.RunsPath).Where(path => new FileInfo(path).LinkTarget is null))
        {
            if (Directory.Exists(folder))
                File.SetUnixFileMode(folder, owner);
        }

        System.Diagnostics.Process.Start("rm", ["-rf", Store.RunsPath]).WaitForExit();
    }
}
