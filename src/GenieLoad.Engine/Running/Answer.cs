using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Finds the answer among a message's attachments. A message that was repaired holds several queries: the last is the answer. Texts belong
/// together, in their order: a summary, its second part, the question back.
/// </summary>
internal static class Answer
{
    private const string BetweenTexts = "\n\n";

    /// <summary>The attachment with the query that answers.</summary>
    public static GenieAttachment? Query(GenieMessage? message) =>
        message?.Attachments?.LastOrDefault(a => a?.Query is not null);

    /// <summary>The texts that answer, with a blank line between; where there is none, what the query does.</summary>
    public static string? Text(GenieMessage? message)
    {
        string[] parts = [.. Texts(message).Select(text => text.Content!)];
        return parts.Length switch
        {
            0 => Query(message)?.Query!.Description,
            1 => parts[0],
            _ => WireText.Short(string.Join(BetweenTexts, parts.Select(part => part.Trim()).Distinct(StringComparer.Ordinal))),
        };
    }

    /// <summary>What sort of answer it is.</summary>
    public static string Kind(GenieMessage? message)
    {
        if (Query(message) is not null)
            return AnswerKind.Sql;
        GenieTextAttachment[] texts = [.. Texts(message)];
        if (texts.Length == 0)
            return AnswerKind.Empty;
        return Array.Exists(texts, text => text.Purpose?.EndsWith("FOLLOW_UP_QUESTION", StringComparison.Ordinal) == true)
            ? AnswerKind.Clarification
            : AnswerKind.Text;
    }

    /// <summary>What is said to whoever asked; thoughts on the way are not.</summary>
    private static IEnumerable<GenieTextAttachment> Texts(GenieMessage? message) =>
        message?.Attachments?.Select(a => a?.Text).OfType<GenieTextAttachment>()
            .Where(text => string.IsNullOrEmpty(text.Phase) && !string.IsNullOrWhiteSpace(text.Content)) ?? [];
}
