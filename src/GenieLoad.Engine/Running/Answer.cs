using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Finds the answer among a message's attachments. A message that was repaired holds several: the last of a kind is the answer.</summary>
internal static class Answer
{
    /// <summary>The attachment with the query that answers.</summary>
    public static GenieAttachment? Query(GenieMessage? message) =>
        message?.Attachments?.LastOrDefault(a => a?.Query is not null);

    /// <summary>The text that answers; thoughts on the way do not.</summary>
    public static string? Text(GenieMessage? message) =>
        message?.Attachments?.LastOrDefault(a => a?.Text is { Content.Length: > 0, Phase: null })?.Text!.Content
        ?? Query(message)?.Query!.Description;

    /// <summary>What sort of answer it is.</summary>
    public static string Kind(GenieMessage? message)
    {
        if (Query(message) is not null)
            return AnswerKind.Sql;
        GenieTextAttachment? text = message?.Attachments?.LastOrDefault(a => a?.Text is not null)?.Text;
        if (text is null)
            return AnswerKind.Empty;
        return text.Purpose is not null && text.Purpose.EndsWith("FOLLOW_UP_QUESTION", StringComparison.Ordinal)
            ? AnswerKind.Clarification
            : AnswerKind.Text;
    }
}
