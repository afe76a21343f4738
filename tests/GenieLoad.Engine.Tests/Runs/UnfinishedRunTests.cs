using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>What a folder says of a run that goes on: what is done, looked up, unknown to all, or still to ask.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private static readonly RunSettings Settings = new() { Poll = new PollOptions(), QuestionTimeoutSeconds = 300, ReadResult = true };
    private static readonly QuestionResult Interrupted =
        SampleRun.Success(1, 2) with { Outcome = Outcome.Interrupted, CompletedOffsetSeconds = null, CompletedAt = null };

    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(SampleRun.StartedAt.AddSeconds(100));

    private RunFolder Folder => new(_temporary.File("20261123-192455-high_load-3f9a"));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Rows_are_done_open_lost_or_still_to_ask()
    {
        await Write(
            SampleRun.Success(1, 2),
            Interrupted with { Index = 2 },
            Interrupted with { Index = 3, MessageId = null },
            Interrupted with { Index = 4, MessageId = null, CompletedOffsetSeconds = 3 },
            Interrupted with { Index = 5, MessageId = ".." },
            Interrupted with { Index = 6, ConversationId = "a/b", MessageId = "?" });

        using UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time);

        Assert.Equal([1], run.Finished.Select(row => row.Index));
        Assert.Equal([2], run.Open.Select(row => row.Index));
        Assert.Equal([3, 5, 6], run.Lost.Select(row => row.Index));
        Assert.Equal(
            "The run's folder names 'a/b' as the conversationId of question 6, which cannot be an id, and 2 more; nothing is sent for it.",
            run.IdTrouble);
    }

    [Fact]
    public async Task One_bad_id_is_told_alone_and_none_not_at_all()
    {
        await Write(Interrupted with { MessageId = ".." });
        using (UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time))
            Assert.EndsWith("as the messageId of question 1, which cannot be an id; nothing is sent for it.", run.IdTrouble);
        Directory.Delete(Folder.Path, recursive: true);

        await Write(Interrupted);
        using (UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time))
            Assert.Null(run.IdTrouble);
    }

    // Marks of a version that did not count, of half a question more than the rows tell, with a torn line at the end.
    [Fact]
    public async Task Marks_that_are_not_whole_are_written_anew_and_the_interruption_is_told()
    {
        await Write(SampleRun.Success(1, 2), Interrupted with { Index = 2 }, Interrupted with { Index = 3, MessageId = null });
        File.WriteAllText(Folder.StartedPath, "{\"index\":1}\n{\"index\":2}\n{\"ind");
        File.AppendAllText(Folder.EventsPath, "torn");

        using UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time);
        await using (RunJournal journal = RunJournal.Reopen(run, run.Header, Settings, _time))
        {
            RunInterruption interruption = Assert.Single(journal.Interruptions);
            Assert.Equal((run.OffsetSeconds, RunState.Stopped), (interruption.OffsetSeconds, interruption.State));
            Assert.Equal(SampleRun.StartedAt.AddSeconds(run.OffsetSeconds), interruption.InterruptedAt.ToUniversalTime());
            Assert.Equal(_time.GetUtcNow().UtcDateTime, interruption.ResumedAt.ToUniversalTime());
            Assert.Throws<GenieLoadException>(() => RunJournal.Reopen(run, run.Header, Settings, _time));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(120), 30) { Reason = "done" });
        }

        // Of what has no row, nobody knows whether it was sent: it has a mark from now on.
        Assert.Equal(
            Enumerable.Range(0, 7).Select(index => $"{{\"index\":{index},\"sent\":{index}}}"),
            File.ReadAllLines(Folder.StartedPath));
        string events = File.ReadAllText(Folder.EventsPath);
        Assert.DoesNotContain("torn", events, StringComparison.Ordinal);
        Assert.Contains("resumes: it had been interrupted", events, StringComparison.Ordinal);
        Assert.Contains("Run ends: Completed. done", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_of_a_run_goes_on_from_the_latest_that_its_folder_tells()
    {
        await Write(SampleRun.Success(1, 2), SampleRun.Success(3, 50));
        using (UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time))
            Assert.Equal(51, run.OffsetSeconds);
        Directory.Delete(Folder.Path, recursive: true);

        await Write(SampleRun.Success(1, 2));
        using (UnfinishedRun run = UnfinishedRun.Take(Folder.Path, time: _time))
            Assert.Equal(20, run.OffsetSeconds);
    }

    [Fact]
    public async Task What_is_missing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => RunJournal.Open(null!, SampleRun.Header(), SampleRun.Plan(1)));
        Assert.Throws<ArgumentNullException>(() => RunJournal.Open(Folder, null!, SampleRun.Plan(1)));
        Assert.Throws<ArgumentNullException>(() => RunJournal.Open(Folder, SampleRun.Header(), null!));
        Assert.Throws<ArgumentNullException>(() => RunJournal.Reopen(null!, SampleRun.Header(), Settings, _time));
        Assert.Throws<ArgumentNullException>(() => new RunStore(_temporary.Path).Create(null!, SampleRun.StartedAt));
        Assert.Throws<ArgumentNullException>(() => new RunStore(_temporary.Path).Find(null!));
        Assert.Throws<ArgumentNullException>(() => RunStore.At(null!));
        Assert.Throws<ArgumentNullException>(() => new StoredRunFilter().Matches(null!));
        Assert.Throws<ArgumentNullException>(() => StrangerNames.InWords(null!));
        Assert.Throws<ArgumentNullException>(() => new RunRetention(null, 0).Expired(null!, SampleRun.StartedAt));
        Assert.Throws<ArgumentException>(() => ExportTarget.RefuseInsideRun(" "));
        Directory.CreateDirectory(Folder.Path);
        await using RunJournal journal = RunJournal.Open(Folder, SampleRun.Header(), SampleRun.Plan(1));
        Assert.Throws<ArgumentNullException>(() => journal.Append(null!));
        Assert.Throws<ArgumentNullException>(() => journal.Note(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => journal.CompleteAsync(null!));
        Assert.Empty(journal.Interruptions);
    }

    /// <summary>A run of six questions that was stopped after twenty seconds.</summary>
    private async Task Write(params QuestionResult[] rows)
    {
        Folder.Create();
        await using RunJournal journal = RunJournal.Open(
            Folder, SampleRun.Header(Folder.Name) with { PlanHash = null }, SampleRun.Plan(6) with { Hash = null }, Settings, _time);
        foreach (QuestionResult row in rows)
            journal.Append(row);
        await journal.CompleteAsync(new RunStatus(RunState.Stopped, SampleRun.StartedAt.AddSeconds(20), 20));
    }
}
