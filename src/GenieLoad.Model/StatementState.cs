namespace GenieLoad.Model;

/// <summary>What is known of the statements of an answer, or of one of them.</summary>
public static class StatementState
{
    /// <summary>The query history has said its last word.</summary>
    public const string Known = "Known";

    /// <summary>The query history shows it, and is not done with it.</summary>
    public const string NotFinal = "NotFinal";

    /// <summary>The query history does not show it: it comes late, or belongs to somebody else.</summary>
    public const string NotFound = "NotFound";

    /// <summary>The query history may not be read with this credential, or is not there.</summary>
    public const string Refused = "Refused";

    /// <summary>The query history could not be reached.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Agent mode: the stream did not name the ids of all statements that it called for, so they cannot be looked up.</summary>
    public const string Unnamed = "Unnamed";

    /// <summary>The answer has no statement: it is a text, or came to no query.</summary>
    public const string NoStatement = "NoStatement";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Known, NotFinal, NotFound, Refused, Unreachable, Unnamed, NoStatement];
}
