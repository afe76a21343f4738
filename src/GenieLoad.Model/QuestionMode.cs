namespace GenieLoad.Model;

/// <summary>
/// How a question is asked. Names rather than an enumeration, so that a row reads the same in a table, CSV, JSON and a remote session.
/// </summary>
public static class QuestionMode
{
    /// <summary>By the conversation API: one question, one query, an answer that is polled for.</summary>
    public const string Chat = nameof(Chat);

    /// <summary>By the agent mode's API: Genie thinks, runs several statements, and streams what it does until the answer.</summary>
    public const string Agent = nameof(Agent);

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> All { get; } = [Chat, Agent];
}
