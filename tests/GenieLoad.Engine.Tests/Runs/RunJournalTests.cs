using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class RunJournalTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunFolder Folder(string name = "run") => new(_temporary.File(name));

    [Fact]
    public async Task A_run_reads_back_as_it_was_written()
    {
        RunFolder folder = Folder();
        QuestionResult[] rows =
        [
            SampleRun.Success(1, 4.000000000000001), SampleRun.Success(2, 8),
            SampleRun.Failure(3, Outcome.Failed, "X", "Größe \"ü\" \ud83d\ude00\n2"),
        ];
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3)))
        {
            foreach (QuestionResult row in rows)
                journal.Append(row);
            await journal.CompleteAsync(
                new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(45.23), 45.23) { Generator = SampleRun.Generator });
        }

        List<string> warnings = [];
        LoadRun read = RunReader.Read(folder.Path, warnings.Add);
        LoadRun written = RunSummarizer.Summarize(
            SampleRun.Header(), SampleRun.Plan(3), rows,
            new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(45.23), 45.23) { Generator = SampleRun.Generator },
            folder.Path);

        Assert.Empty(warnings);
        Assert.Equal(
            JsonSerializer.Serialize(written, RunJson.Lines.LoadRun), JsonSerializer.Serialize(read, RunJson.Lines.LoadRun));
        Assert.Equal(0.125, read.Health!.ProcessorShare);
        Assert.Equal(4, read.Slices.Count(slice => slice.Slice is "Question" or "Turn"));
        Assert.Equal(DateTimeKind.Local, read.Results[0].PlannedAt.Kind);
    }

    [Fact]
    public void Manifest_and_plan_are_there_before_the_first_question()
    {
        RunFolder folder = Folder();
        RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3));

        LoadRun run = RunReader.Read(folder.Path);

        Assert.Equal(RunState.Running, run.State);
        Assert.Null(run.CompletedAt);
        Assert.Equal(3, run.Plan.QuestionCount);
        Assert.All(run.Results, row => Assert.Equal(Outcome.NotStarted, row.Outcome));
        GC.KeepAlive(journal);
    }

    [Fact]
    public async Task A_finished_question_is_in_the_file_while_the_run_goes_on()
    {
        RunFolder folder = Folder();
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(2));
        journal.Append(SampleRun.Success(1, 4));

        // Nothing but the journal's own writer brings it there: no end, no disposal.
        await Wait.Until(() => RunReader.Read(folder.Path).SuccessfulCount == 1);
        Assert.Equal(RunState.Running, RunReader.Read(folder.Path).State);
    }

    [Fact]
    public async Task What_opens_data_of_the_workspace_is_not_kept_and_the_rest_is_word_for_word()
    {
        RunFolder folder = Folder();
        byte[] message = System.Text.Encoding.UTF8.GetBytes("""
            {"id":"m1","n":1.50,"attachments":[{"query":{"query":"SELECT 'ü'","download_id":"d1","download_id_signature":"eyJmarked"},"x":null}]}
            """);
        byte[] result = System.Text.Encoding.UTF8.GetBytes("""
            {"external_links":[{"external_link":"https://store.example/r/1?key=marked","http_headers":{"k":"marked"},"row_count":3}],
             "data_array":[["a","https://b.s3.amazonaws.com/x?X-Amz-Signature=marked",null]]}
            """);
        byte[] halfACharacter = System.Text.Encoding.UTF8.GetBytes("""{"a":"\ud800","access_token":"marked"}""");
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)))
        {
            journal.Append(SampleRun.Success(1, 4), new QuestionResponses(message, [result, halfACharacter]));
            journal.Note("sent with Authorization: Bearer marked");
        }

        string line = Assert.Single(File.ReadAllLines(folder.ResponsesPath));
        Assert.DoesNotContain("marked", line, StringComparison.Ordinal);
        Assert.DoesNotContain("marked", File.ReadAllText(folder.EventsPath), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement attachment = document.RootElement.GetProperty("message").GetProperty("attachments")[0];
        Assert.Equal("""{"query":"SELECT 'ü'","download_id":"d1","download_id_signature":"***"}""", attachment.GetProperty("query").GetRawText());
        Assert.Equal("1.50", document.RootElement.GetProperty("message").GetProperty("n").GetRawText());
        JsonElement first = document.RootElement.GetProperty("results")[0];
        Assert.Equal("https://store.example/r/1?***", first.GetProperty("external_links")[0].GetProperty("external_link").GetString());
        Assert.Equal("""["a","https://b.s3.amazonaws.com/x?***",null]""", first.GetProperty("data_array")[0].GetRawText());
    }

    [Fact]
    public async Task A_token_that_the_service_repeats_is_kept_in_no_file_of_the_run()
    {
        const string token = "7300-own-token-of-a-test-0037";
        LiveSecrets.Learn(token);
        LiveSecrets.Learn("730073007300730073");
        RunFolder folder = Folder();
        byte[] Body(string text) => System.Text.Encoding.UTF8.GetBytes(text.Replace("TOKEN", token));
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)))
        {
            journal.Accepted(1, "c-" + token, "m-" + token);
            journal.Append(SampleRun.Success(1, 4), new QuestionResponses(
                Body("""{"a TOKEN":{"b_TOKEN":["x_TOKEN"]},"external_link":"https://TOKEN.example/","n":730073007300730073}"""),
                [Body("no JSON: TOKEN"), Body("{\"cut\": \"TOKEN"), Body("""{"half":"\ud800 TOKEN"}"""), Body("{\"cut\": \"\\u0037300-own-token-of-a-test-0037")]));
            journal.Note($"told {token}\u001b[2J");
        }

        foreach (string file in Directory.EnumerateFiles(folder.Path))
        {
            Assert.DoesNotContain("own-token-of-a-test", File.ReadAllText(file), StringComparison.Ordinal);
            Assert.DoesNotContain("730073007300730073", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Contains("\"a ***\":{\"b_***\":[\"x_***\"]}", File.ReadAllText(folder.ResponsesPath), StringComparison.Ordinal);
        Assert.Contains("told ***\u27E8U+001B\u27E9[2J", File.ReadAllText(folder.EventsPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_reads_as_interrupted_and_knows_what_was_open()
    {
        RunFolder folder = Folder();
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(4)))
        {
            await journal.Started(1, 0.5);
            journal.Accepted(1, "c1", "m1");
            journal.Append(SampleRun.Success(1, 4));
            await journal.Started(2, 0.75);
            journal.Accepted(2, "c2", "m2");
            await journal.Started(3, 1.25);
        }

        // What a killed process leaves: the lock file, held by nobody.
        File.WriteAllText(folder.LockPath, "");
        LoadRun run = RunReader.Read(folder.Path);

        Assert.Equal(RunState.Interrupted, run.State);
        Assert.Equal(
            [Outcome.Completed, Outcome.Interrupted, Outcome.Interrupted, Outcome.NotStarted], run.Results.Select(row => row.Outcome));
        Assert.Equal("m2", run.Results[1].MessageId);
        Assert.Equal(0.75, run.Results[1].StartedOffsetSeconds);
        Assert.Equal(SampleRun.StartedAt.AddSeconds(0.75), run.Results[1].StartedAt?.ToUniversalTime());
        Assert.Null(run.Results[2].MessageId);
        Assert.Equal(4, run.TotalDurationSeconds);
        Assert.Equal(SampleRun.StartedAt.AddSeconds(4), run.CompletedAt?.ToUniversalTime());
    }

    [Fact]
    public async Task Responses_are_kept_word_for_word_one_line_a_question()
    {
        RunFolder folder = Folder();
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(3)))
        {
            journal.Append(
                SampleRun.Success(1, 4),
                SampleRun.Responses("{\n  \"status\": \"COMPLETED\",\n  \"n\": 1.50\n}", "{\"rows\":[[\"ä\",null]]}", "{}"));
            journal.Append(SampleRun.Success(2, 4), SampleRun.Responses("<html>\nno</html>"));
            journal.Append(SampleRun.Success(3, 4));
        }

        string[] lines = File.ReadAllLines(folder.ResponsesPath);

        Assert.Equal(2, lines.Length);
        Assert.Equal(
            """{"index":1,"questionId":"q1","conversationId":"c1","messageId":"m1","message":{"status":"COMPLETED","n":1.50},"""
                + "\"results\":[{\"rows\":[[\"ä\",null]]},{}]}",
            lines[0]);
        Assert.Equal("<html>\nno</html>", JsonDocument.Parse(lines[1]).RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Many_threads_may_append_at_once()
    {
        RunFolder folder = Folder();
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(5000)))
        {
            Parallel.For(1, 5001, index => journal.Append(SampleRun.Success(index, 1 + index % 7), SampleRun.Responses("{}")));
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(9), 9));
        }

        LoadRun run = RunReader.Read(folder.Path, warning => Assert.Fail(warning));
        Assert.Equal(5000, run.SuccessfulCount);
        Assert.Equal(5000, File.ReadAllLines(folder.ResponsesPath).Length);
    }

    [Fact]
    public async Task Events_have_an_instant_and_one_line_each()
    {
        RunFolder folder = Folder();
        FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 19, 24, 55, 250, TimeSpan.Zero));
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1), null, time))
        {
            journal.Note("Stopped\r\nby the user.");
            time.Advance(TimeSpan.FromSeconds(1));
            await journal.CompleteAsync(new RunStatus(RunState.Stopped, SampleRun.StartedAt, 1) { Reason = "Budget reached." });
        }

        Assert.Equal(
            [
                "2026-11-23T19:24:55.250Z Run 20261123-192455-high_load-3f9a begins: 1 questions planned.",
                "2026-11-23T19:24:55.250Z Stopped by the user.",
                "2026-11-23T19:24:56.250Z Run ends: Stopped. Budget reached.",
            ],
            File.ReadAllLines(folder.EventsPath));
        Assert.Equal("Budget reached.", RunReader.Read(folder.Path).StateReason);
    }

    [Fact]
    public async Task A_full_disk_stops_the_journal_and_keeps_what_it_has()
    {
        RunFolder folder = Folder();
        await using RunJournal journal = RunJournal.Open(
            folder, SampleRun.Header(), SampleRun.Plan(50), null, TimeProvider.System, Disk(path => new SmallDisk(path, capacity: 5000)));
        TaskCompletionSource failed = new();
        journal.Failed.Register(failed.SetResult);
        for (int index = 1; index <= 20; index++)
            journal.Append(SampleRun.Success(index, 4));
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("JournalWriteFailed", journal.Failure!.ErrorId);
        Assert.Contains("No space left", journal.Failure.Message, StringComparison.Ordinal);
        Assert.Same(journal.Failure, Assert.Throws<GenieLoadException>(() => journal.Append(SampleRun.Success(21, 4))));
        GenieLoadException thrown = await Assert.ThrowsAsync<GenieLoadException>(
            () => journal.CompleteAsync(new RunStatus(RunState.Stopped, SampleRun.StartedAt.AddSeconds(9), 9)));
        Assert.Same(journal.Failure, thrown);

        // The last line may be torn; everything before it is there.
        LoadRun run = RunReader.Read(folder.Path);
        Assert.Equal(RunState.Stopped, run.State);
        Assert.Contains("No space left", run.StateReason, StringComparison.Ordinal);
        Assert.InRange(run.SuccessfulCount, 3, 19);
    }

    /// <summary>
    /// A process that dies right after the send must leave a folder that knows of it, however long the writer has been held up.
    /// </summary>
    [Fact]
    public async Task A_question_is_known_to_be_sent_before_it_is_sent_even_while_the_disk_is_busy_with_others()
    {
        RunFolder folder = Folder();
        using ManualResetEventSlim free = new();
        await using RunJournal journal = RunJournal.Open(
            folder, SampleRun.Header(), SampleRun.Plan(2), null, TimeProvider.System,
            Disk(path => path == folder.ResultsPath ? new BusyDisk(path, free) : new SmallDisk(path, 100_000)));
        journal.Append(SampleRun.Success(1, 4));

        await journal.Started(2, 1.5);

        Assert.Equal(["""{"index":0,"sent":0}""", """{"index":2,"startedOffsetSeconds":1.5,"sent":1}"""], Lines(folder.StartedPath));
        free.Set();
    }

    [Fact]
    public async Task A_question_whose_mark_finds_no_room_is_not_sent()
    {
        RunFolder folder = Folder();
        await using RunJournal journal = RunJournal.Open(
            folder, SampleRun.Header(), SampleRun.Plan(50), null, TimeProvider.System, Disk(path => new SmallDisk(path, capacity: 90)));

        GenieLoadException full = await Assert.ThrowsAsync<GenieLoadException>(async () =>
        {
            await journal.Started(1, 0.5);
            await journal.Started(2, 0.5);
        });

        Assert.Equal("JournalWriteFailed", full.ErrorId);
        Assert.Same(full, Assert.Throws<GenieLoadException>(() => journal.Append(SampleRun.Success(1, 4))));
    }

    [Fact]
    public async Task A_folder_takes_one_run_only()
    {
        RunFolder folder = Folder();
        await using (RunJournal journal = RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)))
        {
            GenieLoadException busy = Assert.Throws<GenieLoadException>(
                () => RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)));
            Assert.Equal("RunFolderInUse", busy.ErrorId);
            await journal.CompleteAsync(new RunStatus(RunState.Completed, SampleRun.StartedAt, 0));
        }

        GenieLoadException done = Assert.Throws<GenieLoadException>(() => RunJournal.Open(folder, SampleRun.Header(), SampleRun.Plan(1)));
        Assert.Equal("RunFolderInUse", done.ErrorId);
        Assert.False(folder.IsHeld());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_before_anything_is_asked()
    {
        File.WriteAllText(_temporary.File("file"), "");

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => RunJournal.Open(new RunFolder(Path.Combine(_temporary.File("file"), "run")), SampleRun.Header(), SampleRun.Plan(1)));

        Assert.Equal("RunFolderNotWritable", error.ErrorId);
    }

    private static JournalDisk Disk(Func<string, FileStream> open) => new(open, _ => { });

    private static string[] Lines(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A file on a disk that takes nothing until it is free.</summary>
    private sealed class BusyDisk(string path, ManualResetEventSlim free)
        : FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            free.Wait();
            base.Write(buffer);
        }
    }

    /// <summary>A file on a disk with little room left, that takes half of the line that no longer fits.</summary>
    private sealed class SmallDisk(string path, long capacity) : FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int room = (int)Math.Min(buffer.Length, capacity - Position);
            base.Write(buffer[..room]);
            if (room < buffer.Length)
                throw new IOException("No space left on device");
        }
    }
}
