namespace GenieLoad.Engine.Conversations;

/// <summary>What people have asked a space, and what of it is not here.</summary>
public sealed record ConversationHistory
{
    private const int MostNamed = 3;

    /// <summary>The conversations, in the order in which they began.</summary>
    public required IReadOnlyList<RecordedConversation> Conversations { get; init; }

    /// <summary>
    /// Whether those of others are among them, and not only those of the credential; <see langword="null"/> for what no space told.
    /// </summary>
    public bool? IncludesOthers { get; init; }

    /// <summary>Conversations in agent mode, which are left out: one question there is many.</summary>
    public int AgentCount { get; init; }

    /// <summary>Conversations of load tests, which are left out: nobody held them.</summary>
    public int LoadTestCount { get; init; }

    /// <summary>Conversations that could not be read: deleted meanwhile, not readable for this credential, or broken.</summary>
    public int UnreadableCount { get; init; }

    /// <summary>Ids of those of them of which the service says no reason that is usual, each with what it said.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>Messages without a text, or with one that is too long to be asked.</summary>
    public int TextlessCount { get; init; }

    /// <summary>Instants that are none, each with its place; their messages count as asked at an unknown time.</summary>
    public IReadOnlyList<string> StrangeTimes { get; init; } = [];

    /// <summary>What is not here, in words; none where everything is.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (IncludesOthers == false)
            {
                yield return "This credential may not read the conversations of others: only its own are here. "
                    + "Ask for CAN MANAGE on the space to read all.";
            }
            if (AgentCount > 0)
                yield return $"Left out: {Counted(AgentCount, "conversation")} in agent mode, where one question is many.";
            if (LoadTestCount > 0)
                yield return $"Left out: {Counted(LoadTestCount, "conversation")} of load tests, which no person held.";
            if (UnreadableCount - Broken.Count is > 0 and int gone)
            {
                yield return $"Left out: {Counted(gone, "conversation")}, deleted meanwhile or not readable for this "
                    + "credential.";
            }
            if (Broken.Count > 0)
            {
                yield return $"Left out: {Counted(Broken.Count, "conversation")} that could not be read: "
                    + string.Join("; ", Broken.Take(MostNamed)) + (Broken.Count > MostNamed ? "; and others." : ".");
            }
            if (TextlessCount > 0)
                yield return $"Left out: {Counted(TextlessCount, "message")} without a text that can be asked.";
            if (StrangeTimes.Count > 0)
            {
                yield return $"The time of {Counted(StrangeTimes.Count, "message")} cannot be read, the first at {StrangeTimes[0]}. "
                    + "Write ISO 8601, or seconds or milliseconds since 1970.";
            }
        }
    }

    private static string Counted(int count, string what) => FormattableString.Invariant($"{count:#,0} {what}{(count == 1 ? "" : "s")}");
}
