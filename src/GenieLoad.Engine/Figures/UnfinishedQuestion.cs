using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

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
        return PlannedRow.Of(planned, Outcome.NotStarted, header.Instant(planned.PlannedSeconds), planned.PlannedSeconds) with
        {
            Connection = planned.Connection ?? (header.Connections is [RunConnection only] ? only.Name : null),
        };
    }
}
