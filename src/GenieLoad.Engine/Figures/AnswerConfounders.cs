namespace GenieLoad.Engine.Figures;

/// <summary>What else than load can set the answers of a run apart, in words.</summary>
internal static class AnswerConfounders
{
    // Where so many pairs of a quiet and a busy answer have one order in time, time and load cannot be told apart.
    private const double OneOrder = 0.9;

    /// <summary>The words.</summary>
    /// <param name="questions">The questions of the run.</param>
    /// <param name="part">What of the run was quiet.</param>
    /// <param name="changedCount">Questions whose expected result changed during the run.</param>
    public static IEnumerable<string> Of(AnsweredQuestions questions, QuietPart part, int changedCount)
    {
        int later = questions.All.Sum(question => question.LaterCount);
        if (later > 0)
            yield return FormattableString.Invariant($"{later} answers to later turns are not compared: they depend on the conversation");
        if (changedCount > 0)
        {
            yield return FormattableString.Invariant($"the data of {changedCount} {(changedCount == 1 ? "question" : "questions")} ")
                + "changed during the run: left out of the comparison of quiet and busy answers";
        }
        if (part.QuietFirst(questions.IsCompared) is double share && share is >= OneOrder or <= 1 - OneOrder)
        {
            yield return $"quiet answers came mostly {(share > 0.5 ? "before" : "after")} busy ones: "
                + "what changes with time, such as the data, looks the same as load";
        }
        AnswerRemarks remarks = new();
        foreach (AnsweredQuestion question in questions.All)
            remarks.Add(question.Remarks);
        foreach (string remark in remarks.Texts())
            yield return remark;
    }
}
