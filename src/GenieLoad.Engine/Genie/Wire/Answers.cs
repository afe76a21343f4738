using System.Text.Json.Serialization;
using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Answer of start-conversation.</summary>
public sealed class StartConversationAnswer
{
    /// <summary>Conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Message.</summary>
    public string? MessageId { get; init; }

    /// <summary>The conversation.</summary>
    [JsonConverter(typeof(LenientObject<GenieConversation>))]
    public GenieConversation? Conversation { get; init; }

    /// <summary>The message.</summary>
    [JsonConverter(typeof(LenientObject<GenieMessage>))]
    public GenieMessage? Message { get; init; }

    /// <summary>The conversation's id, from whichever of its places holds one that can be an id.</summary>
    [JsonIgnore]
    public string? PlausibleConversationId => ServiceId.First(
        ConversationId, Conversation?.ConversationId, Conversation?.LegacyId, Message?.ConversationId);
}

/// <summary>A conversation.</summary>
public sealed class GenieConversation
{
    /// <summary>Identity in today's field.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Identity in the older field.</summary>
    [JsonPropertyName("id")]
    public string? LegacyId { get; init; }

    /// <summary>Identity, from whichever field has it.</summary>
    [JsonIgnore]
    public string? Identity => ConversationId ?? LegacyId;

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Creation, epoch milliseconds (older workspaces: seconds); lists have it.</summary>
    public long? CreatedTimestamp { get; init; }

    /// <summary>Mode it is held in; lists have it. See <see cref="IsAgent"/>.</summary>
    public string? AgentType { get; init; }

    /// <summary>Instant of its creation, UTC; <see langword="null"/> where the service does not say.</summary>
    [JsonIgnore]
    public DateTime? CreatedAt => EpochTime.Instant(CreatedTimestamp);

    /// <summary>Whether it is held in agent mode, where one question is many; whatever the service does not call so is a chat.</summary>
    [JsonIgnore]
    public bool IsAgent => AgentType?.EndsWith("_AGENT", StringComparison.OrdinalIgnoreCase) == true
        || string.Equals(AgentType, "agent", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A page of messages.</summary>
public sealed class MessagePage
{
    /// <summary>The messages.</summary>
    [JsonConverter(typeof(LenientList<GenieMessage>))]
    public List<GenieMessage>? Messages { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>A page of conversations.</summary>
public sealed class ConversationPage
{
    /// <summary>The conversations.</summary>
    [JsonConverter(typeof(LenientList<GenieConversation>))]
    public List<GenieConversation>? Conversations { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>A space.</summary>
public sealed class GenieSpace
{
    /// <summary>Identity.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>SQL warehouse.</summary>
    public string? WarehouseId { get; init; }
}

/// <summary>A page of spaces.</summary>
public sealed class SpacePage
{
    /// <summary>The spaces.</summary>
    [JsonConverter(typeof(LenientList<GenieSpace>))]
    public List<GenieSpace>? Spaces { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>What is sent to ask a question.</summary>
/// <param name="Content">The question.</param>
public sealed record AskRequest(string Content);
