using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>What the journal looks at before it goes on.</summary>
public sealed class JournalGuardTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunFolder Folder => new(_temporary.File("run"));

    private static RunStatus Ended => new(RunState.Completed, SampleRun.StartedAt.AddSeconds(9), 9);

    /// <summary>Nothing is asked any more, and the answers of the last questions are on their way.</summary>
    [Theory]
    [InlineData("results.jsonl", true)]
    [InlineData("responses.jsonl", true)]
    [InlineData("events.log", true)]
    [InlineData("plan.json", false)]
    [InlineData("run.json", false)]
    public async Task An_answer_that_comes_when_a_file_is_gone_or_replaced_is_known_not_to_be_kept(string name, bool replaced)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using RunJournal journal = RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(3));
        await journal.Started(1, 0);
        string path = Path.Combine(Folder.Path, name);
        File.Delete(path);
        if (replaced)
            File.WriteAllText(path, "somebody else's\n");

        try
        {
            journal.Append(SampleRun.Success(1, 2), SampleRun.Responses("{}"));
        }
        catch (GenieLoadException)
        {
            // The writer may only now be at what the opening left it, and has seen it then.
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, journal.Failed)
            .ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("RunFolderGone", journal.Failure?.ErrorId);
        // From then on nobody's question is marked, and so none is sent.
        Assert.Same(journal.Failure, await Assert.ThrowsAsync<GenieLoadException>(async () => await journal.Started(2, 1)));
        Assert.Same(journal.Failure, Assert.Throws<GenieLoadException>(() => journal.Accepted(1, "c", "m")));
        Assert.Same(journal.Failure, await Assert.ThrowsAsync<GenieLoadException>(() => journal.CompleteAsync(Ended)));
    }

    [Fact]
    public async Task A_folder_with_a_run_is_refused_and_nothing_of_it_is_touched_not_even_its_lock()
    {
        await using (RunJournal journal = RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1)))
            await journal.CompleteAsync(Ended);
        Dictionary<string, string> before = Directory.EnumerateFiles(Folder.Path).ToDictionary(file => file, File.ReadAllText);

        Assert.Equal(
            "RunFolderInUse",
            Assert.Throws<GenieLoadException>(() => RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1))).ErrorId);

        Assert.Equal(before, Directory.EnumerateFiles(Folder.Path).ToDictionary(file => file, File.ReadAllText));
    }

    /// <summary>Between the look at the folder and the taking of its lock somebody else may have begun and ended a run in it.</summary>
    [Fact]
    public void A_run_that_comes_into_the_folder_before_the_lock_is_taken_is_seen_under_the_lock()
    {
        var time = new Meanwhile(() => File.WriteAllText(Folder.ManifestPath, "theirs"));

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1), time: time));

        Assert.Equal("RunFolderInUse", error.ErrorId);
        Assert.Equal("theirs", File.ReadAllText(Folder.ManifestPath));
        Assert.False(File.Exists(Folder.PlanPath));
        Assert.False(Folder.IsHeld());
    }

    [Fact]
    public void A_folder_whose_journal_cannot_be_opened_is_free_again()
    {
        Directory.CreateDirectory(Folder.ResultsPath);

        Assert.Equal(
            "RunFolderNotWritable",
            Assert.Throws<GenieLoadException>(() => RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1))).ErrorId);

        Assert.False(Folder.IsHeld());
    }

    [Fact]
    public async Task A_run_that_has_ended_is_free_before_anybody_clears_up()
    {
        await using RunJournal journal = RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1));

        Assert.True(Folder.IsHeld());
        await journal.CompleteAsync(Ended);

        Assert.False(Folder.IsHeld());
    }

    /// <summary>What was begun of a line that cannot be written does not stand before the next one.</summary>
    [Fact]
    public void Half_a_line_is_followed_by_nothing()
    {
        string path = _temporary.File("lines.jsonl");
        using (JournalFile file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1)))
        {
            Assert.Throws<ArgumentException>(() => file.WriteJson(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("begun", new string('x', 100_000));
                throw new ArgumentException("no more");
            }));
            file.WriteJson(writer => writer.WriteStringValue("whole"));
        }

        Assert.Equal("\"whole\"", Assert.Single(File.ReadAllLines(path)));
    }

    [Fact]
    public async Task A_run_whose_folder_does_not_tell_how_it_was_run_is_not_resumed()
    {
        await using (RunJournal journal = RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(2)))
            journal.Append(SampleRun.Success(1, 2));

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => UnfinishedRun.Take(Folder.Path));

        Assert.Equal("CannotResume", error.ErrorId);
        Assert.Contains("does not tell how it was run", error.Message, StringComparison.Ordinal);
        Assert.False(Folder.IsHeld());
    }

    private sealed class Meanwhile(Action once) : TimeProvider
    {
        private bool _isDone;

        public override DateTimeOffset GetUtcNow()
        {
            if (!_isDone)
                once();
            _isDone = true;
            return base.GetUtcNow();
        }
    }
}
