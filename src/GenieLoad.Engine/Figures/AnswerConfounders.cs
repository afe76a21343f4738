using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What else than load can set the answers of a run apart, in words.</summary>
internal static class AnswerConfounders
{
    // Where so many pairs of a quiet and a busy answer have one order in time, time and load cannot be told apart.
    private const double OneOrder = 0.9;

    /// <summary>The words.</summary>
    /// <param name="measured">Rows that count.</param>
    /// <param name="compared">Answers that are compared.</param>
    /// <param name="part">What of the run was quiet.</param>
    /// <param name="changedCount">Questions whose expected result changed during the run.</param>
    public static IEnumerable<string> Of(
        IReadOnlyList<QuestionResult> measured, IReadOnlyList<QuestionResult> compared, QuietPart part, int changedCount)
    {
        int later = measured.Count(row => row.Turn > 1 && row.Success);
        if (later > 0)
            yield return FormattableString.Invariant($"{later} answers to later turns are not compared: they depend on the conversation");
        if (changedCount > 0)
        {
            yield return FormattableString.Invariant($"the data of {changedCount} {(changedCount == 1 ? "question" : "questions")} ")
                + "changed during the run: left out of the comparison of quiet and busy answers";
        }
        if (QuietFirst(compared, part) is double share && share is >= OneOrder or <= 1 - OneOrder)
        {
            yield return $"quiet answers came mostly {(share > 0.5 ? "before" : "after")} busy ones: "
                + "what changes with time, such as the data, looks the same as load";
        }
        foreach (string remark in AnswerRemarks.Of(measured))
            yield return remark;
    }

    /// <summary>Share of the pairs of a quiet and a busy answer in which the quiet one was asked first.</summary>
    private static double? QuietFirst(IReadOnlyList<QuestionResult> compared, QuietPart part)
    {
        double quiet = 0;
        double busy = 0;
        double first = 0;
        foreach (QuestionResult row in compared.OrderBy(row => row.StartedOffsetSeconds ?? row.PlannedOffsetSeconds))
        {
            switch (part.IsBusy(row))
            {
                case true:
                    busy++;
                    first += quiet;
                    break;
                case false:
                    quiet++;
                    break;
            }
        }
        return quiet > 0 && busy > 0 ? first / (quiet * busy) : null;
    }
}
