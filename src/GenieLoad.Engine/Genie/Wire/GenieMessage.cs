using System.Text.Json.Serialization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A question and, once there is one, its answer.</summary>
public sealed class GenieMessage
{
    /// <summary>Space.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Identity in today's field.</summary>
    public string? MessageId { get; init; }

    /// <summary>Identity in the older field.</summary>
    [JsonPropertyName("id")]
    public string? LegacyId { get; init; }

    /// <summary>Identity, from whichever field has it.</summary>
    [JsonIgnore]
    public string? Identity => MessageId ?? LegacyId;

    /// <summary>The question, not the answer.</summary>
    public string? Content { get; init; }

    /// <summary>Where it stands; see <see cref="MessageStatus"/>. Values come and go: an unknown one is in progress.</summary>
    [JsonConverter(typeof(MessageStatusConverter))]
    public string? Status { get; init; }

    /// <summary>Parts of the answer so far.</summary>
    [JsonConverter(typeof(LenientList<GenieAttachment>))]
    public List<GenieAttachment>? Attachments { get; init; }

    /// <summary>Why it failed.</summary>
    public GenieMessageError? Error { get; init; }

    /// <summary>Creation, epoch milliseconds (older workspaces: seconds).</summary>
    public long? CreatedTimestamp { get; init; }

    /// <summary>Last change, epoch milliseconds (older workspaces: seconds).</summary>
    public long? LastUpdatedTimestamp { get; init; }

    /// <summary>Times Genie began again by itself.</summary>
    public int? AutoRegenerateCount { get; init; }

    /// <summary>Deprecated place of the statement id and row count.</summary>
    [JsonConverter(typeof(LenientObject<GenieQueryResult>))]
    public GenieQueryResult? QueryResult { get; init; }

    /// <summary>
    /// Seconds from creation to last change by the server's clock; <see langword="null"/> where it does not say or makes no sense.
    /// </summary>
    [JsonIgnore]
    public double? ServerSeconds =>
        CreatedTimestamp is long created && LastUpdatedTimestamp is long updated
        && EpochTime.Between(created, updated) is >= 0 and <= LongestServerSeconds and double seconds
            ? seconds
            : null;

    /// <summary>Instant of its creation, UTC; <see langword="null"/> where the server does not say.</summary>
    [JsonIgnore]
    public DateTime? CreatedAt => ServerSeconds is null ? null : EpochTime.Instant(CreatedTimestamp);

    /// <summary>Instant of its last change, UTC; <see langword="null"/> where the server does not say.</summary>
    [JsonIgnore]
    public DateTime? UpdatedAt => ServerSeconds is null ? null : EpochTime.Instant(LastUpdatedTimestamp);

    /// <summary>Who asked, as the service names people.</summary>
    public string? UserId { get; init; }

    /// <summary>What people think of the answer.</summary>
    [JsonConverter(typeof(LenientObject<GenieFeedback>))]
    public GenieFeedback? Feedback { get; init; }

    /// <summary>
    /// Instant at which it was asked, UTC, also where nothing is said of its end; <see langword="null"/> where the server does not say.
    /// </summary>
    [JsonIgnore]
    public DateTime? AskedAt => EpochTime.Instant(CreatedTimestamp);

    /// <summary>
    /// All but what whoever asks for it knows already. Every question in flight holds its message, and this is most of what most of them
    /// say.
    /// </summary>
    internal GenieMessage WithoutEcho() => new()
    {
        Status = Status,
        Attachments = Attachments is { Count: > 0 } ? Attachments : null,
        Error = Error,
        CreatedTimestamp = CreatedTimestamp,
        LastUpdatedTimestamp = LastUpdatedTimestamp,
        AutoRegenerateCount = AutoRegenerateCount,
        QueryResult = QueryResult,
        Feedback = Feedback,
    };

    /// <summary>What a row needs of it: the query that answers and a few texts, each with its beginning only.</summary>
    internal GenieMessage Brief()
    {
        const int mostTexts = 20;
        GenieAttachment? query = Attachments?.LastOrDefault(part => part?.Query is not null);
        IEnumerable<GenieAttachment> texts = Attachments?.Where(part => part?.Text is not null)
            .Take(mostTexts).Select(part => part.Brief()) ?? [];
        return new GenieMessage
        {
            Status = WireText.Beginning(Status),
            Attachments = [.. texts, .. query is null ? Array.Empty<GenieAttachment>() : [query.Brief()]],
            Error = Error is null ? null : new GenieMessageError(WireText.Beginning(Error.Error), WireText.Beginning(Error.Type)),
            CreatedTimestamp = CreatedTimestamp,
            LastUpdatedTimestamp = LastUpdatedTimestamp,
            AutoRegenerateCount = AutoRegenerateCount,
            QueryResult = QueryResult,
        };
    }

    // No question is open for so long; two stamps so far apart are none, or one of them is in another unit.
    private const double LongestServerSeconds = 30 * 86_400;
}

/// <summary>Why a message failed.</summary>
/// <param name="Error">In words.</param>
/// <param name="Type">One of an open set of types, such as <c>SQL_EXECUTION_EXCEPTION</c>.</param>
[JsonConverter(typeof(GenieMessageErrorConverter))]
public sealed record GenieMessageError(string? Error, string? Type);

/// <summary>Result of a query, in short.</summary>
public sealed class GenieQueryResult
{
    /// <summary>Statement.</summary>
    public string? StatementId { get; init; }

    /// <summary>Rows.</summary>
    public long? RowCount { get; init; }

    /// <summary>Whether it was cut; left out by the service when not.</summary>
    public bool? IsTruncated { get; init; }
}

/// <summary>What people think of an answer.</summary>
public sealed class GenieFeedback
{
    /// <summary>POSITIVE, NEGATIVE or NONE.</summary>
    public string? Rating { get; init; }
}
