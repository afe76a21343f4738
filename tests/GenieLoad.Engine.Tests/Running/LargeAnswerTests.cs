using System.Text.Json;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Answers of any size: none ends a run, and none takes its neighbours' rows with it.</summary>
public sealed class LargeAnswerTests
{
    [Theory]
    [InlineData("start", Outcome.Ambiguous, 1)]
    [InlineData("message", Outcome.Unreachable, 2)]
    [InlineData("result", Outcome.Unreachable, 3)]
    public async Task One_that_is_larger_than_any_answer_is_read_no_further_and_not_asked_for_again(string kind, string outcome, int calls)
    {
        var space = new ScriptedSpace().AlwaysSays(kind, () => new HttpResponseMessage { Content = new StreamContent(new PaddedBody()) });

        QuestionResult row = await space.Ask();

        Assert.Equal((outcome, "ANSWER_TOO_LARGE", calls), (row.Outcome, row.ErrorType, space.Calls.Count));
        Assert.Contains("32 MiB", row.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_any_size_is_read_as_far_as_it_is_looked_at()
    {
        var body = new PaddedBody();
        var space = new ScriptedSpace()
            .Says("start", new HttpResponseMessage((System.Net.HttpStatusCode)400) { Content = new StreamContent(body) });

        Assert.Equal(Outcome.Rejected, (await space.Ask()).Outcome);
        Assert.InRange(body.ReadBytes, 64 * 1024, 1024 * 1024);
    }

    [Fact]
    public async Task Large_answers_come_in_whole()
    {
        string text = new('a', 3 * AnswerBody.Large);
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json($$$"""{"content":"{{{text}}}","status":"COMPLETED","attachments":[{"text":{"content":"x"}}]}"""));
        QuestionResult[] rows =
            [await space.Ask(), await space.Ask(), await space.Ask(), await space.Ask(), await space.Ask(), await space.Ask()];

        // More than take turns at once: each gives its turn back.
        Assert.All(rows, row => Assert.Equal(Outcome.Completed, row.Outcome));
        Assert.Equal("x", rows[0].Answer);
    }

    [Fact]
    public async Task A_result_of_parts_without_end_has_an_end()
    {
        int part = 1;
        var space = new ScriptedSpace()
            .Says("result", ScriptedSpace.Json("""{"statement_response":{"statement_id":"s1","result":{"chunk_index":0,"next_chunk_index":1}}}"""))
            .AlwaysSays("chunk", () => new HttpResponseMessage
            {
                Content = new StreamContent(new PaddedBody(30 * 1024 * 1024, $$"""{"next_chunk_index":{{++part}}}""")),
            });

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Unreachable, "ANSWER_TOO_LARGE"), (row.Outcome, row.ErrorType));
        Assert.Contains("128 MiB", row.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2 + 1 + 5, space.Calls.Count);
    }

    [Fact]
    public async Task So_has_one_that_numbers_its_parts_without_measure()
    {
        var space = new ScriptedSpace()
            .Says("result", ScriptedSpace.Json("""{"statement_response":{"statement_id":"s1","result":{"chunk_index":0,"next_chunk_index":10000}}}"""));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Unreachable, "ANSWER_TOO_LARGE", 3), (row.Outcome, row.ErrorType, space.Calls.Count));
    }

    [Fact]
    public async Task Parts_are_read_within_the_question_s_time()
    {
        int part = 1;
        ScriptedSpace space = new();
        space.Says("result", ScriptedSpace.Json("""{"statement_response":{"statement_id":"s1","result":{"chunk_index":0,"next_chunk_index":1}}}"""))
            .AlwaysSays("chunk", () =>
            {
                space.Time.Advance(TimeSpan.FromSeconds(4));
                return ScriptedSpace.Json($$"""{"next_chunk_index":{{++part}}}""");
            });

        QuestionResult row = await space.Ask(options: new LoadTestOptions { QuestionTimeoutSeconds = 20 });

        Assert.Equal(Outcome.TimedOut, row.Outcome);
        Assert.InRange(part, 3, 7);
    }

    [Fact]
    public async Task What_there_is_no_memory_for_is_not_kept_and_every_row_is_there()
    {
        using var space = new LastingSpace(new SimulatorOptions()) { Options = new LoadTestOptions { StopGraceSeconds = 0,
            AnswerMemoryBytes = 0 } };

        LoadRun run = await space.Run(SimulatedRun.Plan(5, 5, workers: 5));

        Assert.All(run.Results,
            row => Assert.True(row is { Success: true, Sql: not null, RowCount: 10, AnswerKind: AnswerKind.Sql }, row.ErrorText));
        Assert.All(Responses(run), response =>
        {
            Assert.True(response.GetProperty("notKeptBytes").GetInt64() > 0);
            Assert.Contains("too large", response.GetProperty("note").GetString(), StringComparison.Ordinal);
            Assert.False(response.TryGetProperty("message", out _) || response.TryGetProperty("results", out _));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_is_given_back_as_answers_are_written(bool written)
    {
        // One answer takes about ten thousand bytes, most of them for its message; they come one after the other.
        SimulatedRun run = null!;
        run = await SimulatedRun.Of(
            SimulatedRun.Plan(12, 600, workers: 1), new SimulatorOptions(), new LoadTestOptions { AnswerMemoryBytes = 25_000 },
            whenStarted: started => run = started, whenFinished: _ =>
            {
                if (written)
                    run.Responses[^1].Released!();
            });

        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
        Assert.Equal(written ? 0 : 9, run.Responses.Count(response => response.NotKeptBytes > 0), tolerance: written ? 0 : 3.0);
    }

    [Fact]
    public void Memory_is_shared_and_comes_back()
    {
        var memory = new AnswerMemory(100);

        Assert.True(memory.TryTake(60));
        Assert.False(memory.TryTake(41));
        Assert.True(memory.TryTake(40));
        memory.GiveBack(60);
        Assert.Equal(40, memory.TakenBytes);
        Assert.True(memory.TryTake(60));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_costs_its_own_line_only()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(Path.Combine(folder.Path, "run"));
        int released = 0;
        await using (RunJournal journal = RunJournal.Open(run, SampleRun.Header(), SampleRun.Plan(2)))
        {
            journal.Append(SampleRun.Success(1, 4),
                new QuestionResponses("{\"a\":1}"u8.ToArray(), new Unwritable()) { Released = () => released++ });
            journal.Append(SampleRun.Success(2, 4), new QuestionResponses("{\"a\":2}"u8.ToArray(), []) { Released = () => released++ });
        }

        Assert.Equal(2, File.ReadAllLines(run.ResultsPath).Length);
        string[] lines = File.ReadAllLines(run.ResponsesPath);
        Assert.Equal(2, lines.Length);
        Assert.Contains("GenieLoad could not write what the service answered", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"message\":{\"a\":2}", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, released);
    }

    private static JsonElement[] Responses(LoadRun run) =>
        [.. File.ReadLines(new RunFolder(run.RunPath!).ResponsesPath).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Parts whose second is worse than any that was thought of.</summary>
    private sealed class Unwritable : IReadOnlyList<ReadOnlyMemory<byte>>
    {
        public int Count => 2;

        public ReadOnlyMemory<byte> this[int index] => default;

        private int _times;

        public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
        {
            yield return "{\"first\":1}"u8.ToArray();
            if (_times++ == 0)
                throw new InvalidOperationException("A body of two gigabytes.");
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Blanks, and behind them, where they end, an answer. What is read is counted.</summary>
    private sealed class PaddedBody(long blanks = long.MaxValue, string json = "") : Stream
    {
        private readonly MemoryStream _json = new(System.Text.Encoding.UTF8.GetBytes(json));

        public long ReadBytes { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => ReadBytes; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int padding = (int)Math.Min(count, blanks - ReadBytes);
            if (padding <= 0)
                return _json.Read(buffer, offset, count);
            buffer.AsSpan(offset, padding).Fill((byte)' ');
            ReadBytes += padding;
            return padding;
        }

        // On the fake clock: at once.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] part = new byte[buffer.Length];
            int read = Read(part, 0, part.Length);
            part.AsMemory(0, read).CopyTo(buffer);
            return ValueTask.FromResult(read);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
