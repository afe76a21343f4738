using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// Which questions a rate is over: those that were asked and came to an end by themselves. One that was never asked says nothing about the
/// service, and one that the end of the run broke off neither succeeded nor failed.
/// </summary>
public static class AskedQuestions
{
    /// <summary>Error type of a question whose sending the end of the run broke off: nobody knows whether it was accepted.</summary>
    public const string RunEndedErrorType = "RUN_ENDED";

    /// <summary>Whether a question was asked at all.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsAsked(QuestionResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Outcome != Outcome.NotStarted;
    }

    /// <summary>Whether the end of the run broke it off. One whose own time limit passed was not: that is a failure.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsBrokenOff(QuestionResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { Outcome: Outcome.Interrupted } or { Outcome: Outcome.Ambiguous, ErrorType: RunEndedErrorType };
    }

    /// <summary>Whether a question was turned away because as many as may be were in flight.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsShed(QuestionResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { Outcome: Outcome.NotStarted, ErrorType: OverflowRule.ShedErrorType };
    }

    /// <summary>Whether rates count it: as a success, or as a failure.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsEnded(QuestionResult row) => IsAsked(row) && !IsBrokenOff(row);

    /// <summary>Whether it was asked, came to an end, and was not answered in full.</summary>
    /// <param name="row">Its row.</param>
    public static bool IsFailed(QuestionResult row) => IsEnded(row) && !row.Success;

    /// <summary>Whether a cause is one of failures, and not of what rates leave out.</summary>
    /// <param name="cause">The cause.</param>
    public static bool IsFailure(CauseCount cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.Outcome is not (Outcome.NotStarted or Outcome.Interrupted)
            && cause is not { Outcome: Outcome.Ambiguous, ErrorType: RunEndedErrorType };
    }

    /// <summary>
    /// What rates leave out of some rows, in words: <c>50 of 100 not asked: stopped</c>, <c>2 of 100 in flight</c>; none for nothing.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="state">State of their run, one of <see cref="RunState"/>.</param>
    public static IReadOnlyList<string> LeftOut(IReadOnlyCollection<QuestionResult> rows, string state)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int shed = rows.Count(IsShed);
        if (state == RunState.Running)
        {
            // Nothing is lost yet: they are asked, or answered, before the run ends.
            int inFlight = rows.Count(row => row is { Outcome: Outcome.Interrupted, CompletedOffsetSeconds: null });
            return
            [
                .. Part(rows.Count(UnfinishedQuestion.IsUnasked), "not asked yet"), .. Part(shed, "not asked: shed"),
                .. Part(inFlight, "in flight"), .. Part(rows.Count(IsBrokenOff) - inFlight, "cut off"),
            ];
        }

        string why = state == RunState.Completed ? "" : $": {state.ToLowerInvariant()}";
        return
        [
            .. Part(rows.Count(row => !IsAsked(row)) - shed, "not asked" + why),
            .. Part(shed, "not asked: shed"),
            .. Part(rows.Count(IsBrokenOff), "cut off" + why),
        ];

        IEnumerable<string> Part(int count, string what) =>
            count == 0 ? [] : [FormattableString.Invariant($"{count} of {rows.Count} {what}")];
    }
}
