using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Questions that have no end of their own, and their rows: a run has one row per planned question, always.</summary>
public static class UnfinishedQuestion
{
    /// <summary>Whether a question was never asked; one that was shed was turned away, which is an end.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsUnasked(QuestionResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { Outcome: Outcome.NotStarted, ErrorType: null };
    }

    /// <summary>Whether a resumption would have something to do for a question.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsOneOf(QuestionResult row) => IsUnasked(row) || row.Outcome == Outcome.Interrupted;

    /// <summary>The row of a question that was planned and never asked.</summary>
    /// <param name="header">The run.</param>
    /// <param name="planned">The question.</param>
    public static QuestionResult NotStarted(RunHeader header, PlannedQuestion planned)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(planned);
        return new QuestionResult
        {
            Index = planned.Index,
            QuestionId = planned.QuestionId,
            Question = planned.Text,
            Outcome = Outcome.NotStarted,
            PlannedAt = Instant(header, planned.PlannedSeconds),
            PlannedOffsetSeconds = planned.PlannedSeconds,
            Turn = planned.Turn,
            User = planned.User,
            Connection = ConnectionOf(header, planned),
            IsWarmUp = planned.IsWarmUp,
        };
    }

    /// <summary>The row of a question that was sent, and whose end nobody was there to see.</summary>
    /// <param name="header">The run.</param>
    /// <param name="planned">The question.</param>
    /// <param name="mark">What the journal knows of it.</param>
    internal static QuestionResult Interrupted(RunHeader header, PlannedQuestion planned, StartedRecord mark) => new()
    {
        Index = planned.Index,
        QuestionId = planned.QuestionId,
        Question = planned.Text,
        Outcome = Outcome.Interrupted,
        PlannedAt = Instant(header, planned.PlannedSeconds),
        PlannedOffsetSeconds = planned.PlannedSeconds,
        StartedAt = mark.StartedOffsetSeconds is { } offset ? Instant(header, offset) : null,
        StartedOffsetSeconds = mark.StartedOffsetSeconds,
        Turn = planned.Turn,
        User = planned.User,
        Connection = ConnectionOf(header, planned),
        IsWarmUp = planned.IsWarmUp,
        ConversationId = mark.ConversationId,
        MessageId = mark.MessageId,
        Attempts = 1,
    };

    // Cut to the tick as the clock of the run cuts, so that a run read back is the run as it was shown. AddSeconds rounds.
    private static DateTime Instant(RunHeader header, double offsetSeconds) =>
        header.StartedAt.AddTicks((long)(offsetSeconds * TimeSpan.TicksPerSecond));

    private static string? ConnectionOf(RunHeader header, PlannedQuestion planned) =>
        planned.Connection ?? (header.Connections is [RunConnection only] ? only.Name : null);
}
