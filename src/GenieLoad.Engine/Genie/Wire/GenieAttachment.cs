namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A part of an answer: a query, a text, or suggested questions.</summary>
public sealed class GenieAttachment
{
    /// <summary>Identity.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>A query.</summary>
    public GenieQueryAttachment? Query { get; init; }

    /// <summary>A text.</summary>
    public GenieTextAttachment? Text { get; init; }

    /// <summary>Suggested questions.</summary>
    public GenieSuggestedQuestions? SuggestedQuestions { get; init; }
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

/// <summary>Questions that Genie proposes to ask next.</summary>
public sealed class GenieSuggestedQuestions
{
    /// <summary>The questions.</summary>
    public List<string?>? Questions { get; init; }
}
