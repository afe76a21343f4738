using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// One line of <c>started.jsonl</c>: a question was sent, or Genie has given it its ids. Several lines of one question add up. The first
/// line of the file is of no question: it tells that the file is there, and counted.
/// </summary>
internal sealed record StartedRecord
{
    private readonly PackedId _conversationId, _messageId;

    /// <summary>Place in the plan, from 1; 0 in the first line.</summary>
    public required int Index { get; init; }

    /// <summary>Seconds after the start of the run of the first send.</summary>
    public double? StartedOffsetSeconds { get; init; }

    /// <summary>Genie's conversation id.</summary>
    public string? ConversationId { get => _conversationId; init => _conversationId = value; }

    /// <summary>Genie's message id.</summary>
    public string? MessageId { get => _messageId; init => _messageId = value; }

    /// <summary><see cref="ConversationId"/>, for a reader that has it as bytes.</summary>
    internal PackedId PackedConversationId { init => _conversationId = value; }

    /// <summary><see cref="MessageId"/>, the same.</summary>
    internal PackedId PackedMessageId { init => _messageId = value; }

    /// <summary>
    /// Questions sent up to and with this one, counted through all of the file; <see langword="null"/> in a line of ids, and in lines of
    /// versions that did not count.
    /// </summary>
    public int? Sent { get; init; }

    /// <summary>The row of its question, whose end nobody was there to see.</summary>
    /// <param name="header">The run.</param>
    /// <param name="planned">The question.</param>
    public QuestionResult RowOf(RunHeader header, PlannedQuestion planned) => UnfinishedQuestion.NotStarted(header, planned) with
    {
        Outcome = Outcome.Interrupted,
        StartedAt = StartedOffsetSeconds is { } offset ? header.Instant(offset) : null,
        StartedOffsetSeconds = StartedOffsetSeconds,
        ConversationId = ConversationId,
        MessageId = MessageId,
        Attempts = 1,
    };

    /// <summary>This mark with what a later one adds.</summary>
    public StartedRecord With(StartedRecord later) => this with
    {
        StartedOffsetSeconds = later.StartedOffsetSeconds ?? StartedOffsetSeconds,
        ConversationId = later.ConversationId ?? ConversationId,
        MessageId = later.MessageId ?? MessageId,
    };
}
