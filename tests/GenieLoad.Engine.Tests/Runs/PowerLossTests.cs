using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>What a loss of power leaves of a journal: what was on the disk, and no more.</summary>
public sealed class PowerLossTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunFolder Folder => new(_temporary.File("run"));

    private static async Task<RunJournal> Open(RunFolder folder, SlowDisk disk, bool ownThread)
    {
        await Task.Yield();
        return RunJournal.Open(
            folder, SampleRun.Header(), SampleRun.Plan(500), null, TimeProvider.System,
            new JournalDisk(path => path == folder.StartedPath
                ? new KeptFile(path, disk)
                : JournalDisk.Real.Open(path), disk.Names.Add), ownThread);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_may_be_sent_when_its_mark_is_on_the_disk_and_not_before(bool ownThread)
    {
        RunFolder folder = Folder;
        var disk = new SlowDisk();
        await using RunJournal journal = await Open(folder, disk, ownThread);
        Assert.StartsWith("""{"index":0,"sent":0}""", disk.Kept, StringComparison.Ordinal);

        for (int index = 1; index <= 20; index++)
        {
            await journal.Started(index, index);
            Assert.Contains($$"""{"index":{{index}},"startedOffsetSeconds":{{index}},"sent":{{index}}}""", disk.Kept, StringComparison.Ordinal);
            Assert.True(RunLock.Look(folder).IsHeld);
        }
    }

    [Fact]
    public async Task Nobody_but_the_questions_waits_for_the_disk_and_those_that_wait_go_to_it_together()
    {
        var disk = new SlowDisk();
        await using RunJournal journal = await Open(Folder, disk, ownThread: true);
        int before = disk.Flushes;
        disk.Free.Reset();

        // The caller is here again at once, though the disk takes nothing.
        Task[] marks = [.. Enumerable.Range(1, 200).Select(index => journal.Started(index, 1).AsTask())];
        Assert.All(marks, mark => Assert.False(mark.IsCompleted));
        disk.Free.Set();
        await Task.WhenAll(marks);

        Assert.InRange(disk.Flushes - before, 1, 2);
    }

    [Fact]
    public async Task The_names_of_the_files_are_brought_to_the_disk_before_the_first_question()
    {
        RunFolder folder = Folder;
        var disk = new SlowDisk();
        await using RunJournal journal = await Open(folder, disk, ownThread: false);

        Assert.Equal([Path.GetDirectoryName(folder.Path)!, folder.Path], disk.Names);
        FolderEntries.ToDisk(folder.Path);
        FolderEntries.ToDisk(Path.Combine(folder.Path, "missing"));
    }

    /// <summary>Somebody has deleted the lock file, and another has taken the run since.</summary>
    [Fact]
    public async Task A_question_is_not_sent_when_the_lock_is_another_s_by_now()
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = Folder;
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3));
        await journal.Started(1, 1);
        File.Delete(folder.LockPath);
        using RunLock other = RunLock.Take(folder, TimeProvider.System);

        Assert.Equal("RunFolderGone", (await Assert.ThrowsAsync<GenieLoadException>(async () => await journal.Started(2, 2))).ErrorId);
    }

    [Fact]
    public async Task How_far_questions_may_have_been_sent_is_known_before_they_are()
    {
        RunFolder folder = Folder;
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3)))
        {
            await journal.Started(1, 1.5);
            await journal.Started(2, 17);
        }

        Heartbeat last = RunLock.Look(folder).Last!;
        Assert.Equal((2, null), (last.SentCount, last.At));
        Assert.InRange(last.SentUntilSeconds!.Value, 17, 30);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_costs_neither_its_row_nor_its_neighbours()
    {
        RunFolder folder = Folder;
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3)))
        {
            journal.Append(SampleRun.Success(1, 4), SampleRun.Responses("{}"));
            journal.Append(SampleRun.Success(2, 4), new QuestionResponses(default, new TooLarge()));
            journal.Append(SampleRun.Success(3, 4), SampleRun.Responses("{}"));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt, 9));
        }

        Assert.Equal(3, RunReader.Read(folder.Path, warning => Assert.Fail(warning)).SuccessfulCount);
        string[] lines = File.ReadAllLines(folder.ResponsesPath);
        Assert.Equal(3, lines.Length);
        Assert.Contains("could not write what the service answered: too large", lines[1], StringComparison.Ordinal);
    }

    private sealed class TooLarge : List<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>
    {
        int IReadOnlyCollection<ReadOnlyMemory<byte>>.Count => throw new ArgumentException("too large");
    }

    /// <summary>What has reached the disk, which somebody may hold up.</summary>
    private sealed class SlowDisk
    {
        public ManualResetEventSlim Free { get; } = new(initialState: true);

        public List<string> Names { get; } = [];

        public string Kept { get; set; } = "";

        public int Flushes { get; set; }
    }

    private sealed class KeptFile(string path, SlowDisk disk) : FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1)
    {
        public override void Flush(bool flushToDisk)
        {
            base.Flush(flushToDisk);
            if (!flushToDisk)
                return;
            disk.Free.Wait();
            using StreamReader reader = new(new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            disk.Kept = reader.ReadToEnd();
            disk.Flushes++;
        }
    }
}
