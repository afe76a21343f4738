using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>What the marks of a run say of what was sent, and when they do not say all of it.</summary>
public sealed class SentQuestionsTests : IDisposable
{
    private static readonly RunManifest Manifest = new() { State = RunState.Running, Header = SampleRun.Header() };

    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("0:0 1:1 2:2", 2, false)]
    [InlineData("0:0", 0, false)]
    [InlineData("", null, false)]
    [InlineData("1 2", null, false)]
    [InlineData("0:0 1:1 1 2:2 1", 2, false)]
    [InlineData("0:0 1:1 3:3", 3, true)]
    [InlineData("0:0 2:2", 2, true)]
    [InlineData("0:0 1:1 2:1", 1, true)]
    [InlineData("0:0 1:1 0:0 1:1", 1, true)]
    [InlineData("1:1", 1, true)]
    [InlineData("0:0 1:1 3:3 4:4", 4, true)]
    [InlineData("0:0 no 1:1", 1, true)]
    public void Marks_are_counted_without_a_gap(string marks, int? count, bool isBroken)
    {
        SentQuestions sent = Read(marks);

        Assert.Equal((count, isBroken), (sent.SentCount, sent.IsBroken));
        Assert.Equal(marks.Contains("no", StringComparison.Ordinal) ? 1 : 0, _warnings.Count);
    }

    [Theory]
    // A count in run.json, or in the last sign of life, that the marks do not reach.
    [InlineData("0:0 1:1 2:2", 2, null, false, false)]
    [InlineData("0:0 1:1 2:2", 3, null, false, true)]
    [InlineData("0:0 1:1 2:2", 1, 3, false, true)]
    [InlineData("0:0 1:1 2:2", 1, 2, false, false)]
    [InlineData("", 0, null, false, true)]
    [InlineData("0:0", 0, null, true, false)]
    [InlineData("0:0 2:2", 1, null, false, true)]
    // Without a count: nothing after a death.
    [InlineData("", null, null, true, true)]
    [InlineData("", null, null, false, false)]
    [InlineData("0:0", null, null, true, false)]
    [InlineData("1", null, null, true, false)]
    public void Marks_are_incomplete_when_more_was_sent_than_they_say(string marks, int? least, int? last, bool died, bool isIncomplete) =>
        Assert.Equal(isIncomplete, Read(marks).IsIncomplete(
            Manifest with { SentCount = least }, died, last is null ? null : new Heartbeat { SentCount = last },
            new PlannedRows(SampleRun.Plan(7))));

    [Fact]
    public void A_row_that_was_tried_and_has_no_mark_tells_that_marks_are_missing()
    {
        Assert.True(IsIncomplete(row => row));
        Assert.False(IsIncomplete(row => row with { Index = 1 }));
        Assert.False(IsIncomplete(row => row with { Attempts = 0 }));
        Assert.False(IsIncomplete(row => row with { Outcome = Outcome.NotStarted }));

        bool IsIncomplete(Func<QuestionResult, QuestionResult> change) => Read("0:0 1:1").IsIncomplete(
            Manifest with { SentCount = 1 }, died: false, null,
            Rows(change(SampleRun.Success(7, 5))));

        static PlannedRows Rows(QuestionResult row)
        {
            PlannedRows rows = new(SampleRun.Plan(7));
            rows.Put(row);
            return rows;
        }
    }

    [Fact]
    public void Marks_of_questions_with_rows_count_as_marks_after_a_death()
    {
        PlannedRows rows = new(SampleRun.Plan(7));
        rows.Put(SampleRun.Success(7, 5));

        SentQuestions sent = Read("7", rows);

        Assert.False(sent.IsIncomplete(Manifest with { SentCount = null }, died: true, null, rows));
    }

    [Fact]
    public void Written_anew_they_are_counted_from_the_start()
    {
        StartedRecord[] anew = [.. Read("0:0 4:1 2:3").Anew([2, 9, 7])];

        Assert.Equal([(0, 0), (4, 1), (2, 2), (9, 3), (7, 4)], anew.Select(mark => (mark.Index, mark.Sent!.Value)));
    }

    [Fact]
    public void A_later_mark_adds_what_it_knows_and_takes_nothing_away()
    {
        StartedRecord first = new() { Index = 3, StartedOffsetSeconds = 1, ConversationId = "c", MessageId = "m", Sent = 2 };

        Assert.Equal(first, first.With(new StartedRecord { Index = 3 }));
        Assert.Equal(
            first with { StartedOffsetSeconds = 4, ConversationId = "d", MessageId = "n" },
            first.With(new StartedRecord { Index = 3, StartedOffsetSeconds = 4, ConversationId = "d", MessageId = "n", Sent = 9 }));
        QuestionResult row = first.RowOf(Manifest.Header, SampleRun.Plan(3).Questions[2]);
        Assert.Equal(
            (Outcome.Interrupted, 1, "c", "m", 1, SampleRun.StartedAt.AddSeconds(1)),
            (row.Outcome, row.StartedOffsetSeconds, row.ConversationId, row.MessageId, row.Attempts,
                row.StartedAt!.Value.ToUniversalTime()));
        Assert.Null((first with { StartedOffsetSeconds = null }).RowOf(Manifest.Header, SampleRun.Plan(3).Questions[2]).StartedAt);
    }

    /// <summary>Marks <c>index:sent</c>; without a number, such as one that adds a message; and lines that are none.</summary>
    private SentQuestions Read(string marks, PlannedRows? rows = null)
    {
        var folder = new RunFolder(_temporary.Path);
        File.WriteAllLines(folder.StartedPath, marks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(mark => mark.Split(':') switch
        {
            ["no"] => "no",
            [var index] => $"{{\"index\":{index}}}",
            [var index, var sent] => $"{{\"index\":{index},\"sent\":{sent}}}",
            _ => throw new ArgumentException(mark),
        }));
        return SentQuestions.Read(folder, _warnings.Add, rows);
    }
}
