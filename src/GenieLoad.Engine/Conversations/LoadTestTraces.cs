using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Conversations;

/// <summary>By what a conversation shows that a load test held it, and no person.</summary>
internal static partial class LoadTestTraces
{
    /// <summary>A question without the ending that made it unique in a load test.</summary>
    /// <param name="text">The question as it was asked.</param>
    public static string WithoutEnding(string text) => UniqueEnding().Replace(text, "");

    /// <summary>Whether a question of a conversation has an ending that only load tests make.</summary>
    /// <param name="conversation">The conversation.</param>
    public static bool AreIn(RecordedConversation conversation) =>
        conversation.Messages.Any(message => UniqueEnding().IsMatch(message.Text));

    [GeneratedRegex(@" \(iteration \d+, run [0-9a-f]{8}\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueEnding();
}
