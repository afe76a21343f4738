using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What a probe is judged by: its questions with the instants at which their people wanted to ask.</summary>
internal static class ProbeAnswers
{
    /// <summary>The questions whose instant has come, those that wait for the limit among them: too long a wait is a miss.</summary>
    /// <param name="plan">The plan of the probe.</param>
    /// <param name="rows">Rows of the questions that have ended, by index.</param>
    /// <param name="withOpen">Whether questions count that have no end.</param>
    public static IReadOnlyList<ProbeAnswer> Of(Plan plan, IReadOnlyDictionary<int, QuestionResult> rows, bool withOpen = true)
    {
        List<ProbeAnswer> answers = [];
        foreach (PlannedQuestion question in plan.Questions)
        {
            if (EndOf(rows, question.Index) is QuestionResult row)
            {
                answers.Add(new ProbeAnswer(
                    row.PlannedOffsetSeconds, row.ResponseSeconds ?? row.CompletedOffsetSeconds - row.PlannedOffsetSeconds, !row.Success,
                    row.IsWarmUp));
            }
            else if (withOpen && AskedAt(rows, question) is double asked)
            {
                answers.Add(new ProbeAnswer(asked, null, IsWarmUp: question.IsWarmUp));
            }
        }

        return answers;
    }

    private static double? AskedAt(IReadOnlyDictionary<int, QuestionResult> rows, PlannedQuestion question) =>
        question.AfterIndex is int before
            ? EndOf(rows, before)?.CompletedOffsetSeconds + (question.ThinkSeconds ?? 0)
            : question.PlannedSeconds;

    /// <summary>The row of a question that came to an end of its own.</summary>
    private static QuestionResult? EndOf(IReadOnlyDictionary<int, QuestionResult> rows, int index) =>
        rows.TryGetValue(index, out QuestionResult? row) && AskedQuestions.IsEnded(row) ? row : null;
}
