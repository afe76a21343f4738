namespace GenieLoad.Engine.Runs;

/// <summary>What the service answered to one question, word for word, in UTF-8.</summary>
/// <param name="Message">Body of the last message read; empty when there was none.</param>
/// <param name="Results">Bodies of the parts of the query's result, in order; none where there was no result.</param>
public sealed record QuestionResponses(ReadOnlyMemory<byte> Message, IReadOnlyList<ReadOnlyMemory<byte>> Results);
