using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// The row of a question before anything of it was measured: what the plan says. Times are added only where there are any.
/// </summary>
internal static class PlannedRow
{
    /// <summary>Makes it.</summary>
    /// <param name="planned">The question.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="dueAt">When it was due, UTC.</param>
    /// <param name="dueOffsetSeconds">When it was due, in seconds after the start of the run.</param>
    public static QuestionResult Of(PlannedQuestion planned, string outcome, DateTime dueAt, double dueOffsetSeconds) => new()
    {
        Index = planned.Index,
        QuestionId = planned.QuestionId,
        Question = planned.Text,
        Outcome = outcome,
        PlannedAt = dueAt,
        PlannedOffsetSeconds = dueOffsetSeconds,
        Turn = planned.Turn,
        User = planned.User,
        Connection = planned.Connection,
        Mode = planned.Mode ?? QuestionMode.Chat,
        IsWarmUp = planned.IsWarmUp,
    };
}
