using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A part of an answer: a query or a text. Others, such as suggested questions, are passed over.</summary>
public sealed class GenieAttachment
{
    /// <summary>Identity.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>A query.</summary>
    [JsonConverter(typeof(LenientObject<GenieQueryAttachment>))]
    public GenieQueryAttachment? Query { get; init; }

    /// <summary>A text.</summary>
    [JsonConverter(typeof(LenientObject<GenieTextAttachment>))]
    public GenieTextAttachment? Text { get; init; }

    /// <summary>The same with the beginnings of its texts.</summary>
    internal GenieAttachment Brief() => new()
    {
        AttachmentId = AttachmentId,
        Query = Query is null ? null : new GenieQueryAttachment
        {
            Query = WireText.Beginning(Query.Query),
            Description = WireText.Beginning(Query.Description),
            StatementId = WireText.Beginning(Query.StatementId),
            QueryResultMetadata = Query.QueryResultMetadata,
        },
        Text = Text is null ? null : new GenieTextAttachment
        {
            Content = WireText.Beginning(Text.Content),
            Phase = WireText.Beginning(Text.Phase),
            Purpose = WireText.Beginning(Text.Purpose),
        },
    };
}

/// <summary>A query that answers, or tried to.</summary>
public sealed class GenieQueryAttachment
{
    /// <summary>The SQL.</summary>
    public string? Query { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>What it does, in words.</summary>
    public string? Description { get; init; }

    /// <summary>Statement that ran it.</summary>
    public string? StatementId { get; init; }

    /// <summary>Size of its result.</summary>
    [JsonConverter(typeof(LenientObject<GenieQueryResult>))]
    public GenieQueryResult? QueryResultMetadata { get; init; }
}

/// <summary>A text.</summary>
public sealed class GenieTextAttachment
{
    /// <summary>The text.</summary>
    public string? Content { get; init; }

    /// <summary><c>RESPONSE_PHASE_THINKING</c>, <c>RESPONSE_PHASE_VERIFYING</c>, or nothing for the answer itself.</summary>
    public string? Phase { get; init; }

    /// <summary><c>TEXT_ATTACHMENT_PURPOSE_ANSWER</c> or <c>FOLLOW_UP_QUESTION</c>.</summary>
    public string? Purpose { get; init; }
}
