namespace GenieLoad.Engine.Runs;

/// <summary>What the service answered to one question, word for word, in UTF-8.</summary>
/// <param name="Message">Body of the last message read; empty when there was none.</param>
/// <param name="Results">Bodies of the parts of the query's result, in order; none where there was no result.</param>
public sealed record QuestionResponses(ReadOnlyMemory<byte> Message, IReadOnlyList<ReadOnlyMemory<byte>> Results)
{
    /// <summary>
    /// Bytes of the answer that were read and not kept, because all answers in flight together were too large; 0 for none.
    /// </summary>
    public long NotKeptBytes { get; init; }

    /// <summary>Called when they are written, or when nobody wants them, so that their memory is free for others.</summary>
    public Action? Released { get; init; }
}
