using GenieLoad.Engine.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads lines of <c>results.jsonl</c>, without secrets. Rows with the same answer share what they say of it.</summary>
internal sealed class RowParser() : FlatLineParser<QuestionResult>(
    RunJson.Lines.QuestionResult, new FlatReader<QuestionResult>(NewRow, RowGate.Of), RunFileChecks.IsSound)
{
    private readonly SharedAnswers _answers = new();

    /// <inheritdoc/>
    protected override QuestionResult? Read(ReadOnlySpan<byte> line)
    {
        QuestionResult? row = base.Read(line);
        if (row is not null)
            _answers.Share(row);
        return row;
    }

    /// <inheritdoc/>
    protected override QuestionResult Gated(QuestionResult unusual) => RowGate.Redact(unusual);

    // A line without a turn has none: the serializer gives a row that is read no value of its own.
    private static QuestionResult NewRow() => new()
    {
        Index = 0, QuestionId = null!, Question = null!, Outcome = null!, PlannedAt = default, PlannedOffsetSeconds = 0, Turn = 0,
    };
}
