namespace GenieLoad.Engine.Running;

/// <summary>What the service said about one question, as it came: JSON in UTF-8.</summary>
/// <param name="Message">The message as last read; empty when none was.</param>
/// <param name="Results">The parts of the query's result, in order.</param>
public sealed record QuestionResponses(ReadOnlyMemory<byte> Message, IReadOnlyList<ReadOnlyMemory<byte>> Results);
