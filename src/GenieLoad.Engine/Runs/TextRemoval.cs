using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Takes out of a run what people asked and what they were told: of a question its id is left, of an error its type. Texts of our own,
/// about network, time limits and stops, quote nothing and stay.
/// </summary>
internal static class TextRemoval
{
    private const string Failed = ExpectedAnswer.FailedReason;

    /// <summary>
    /// The plan with the questions' ids alone. Its hash still is that of the texts. Conversations are called <c>c1</c>, <c>c2</c> and so
    /// on: what recorded ones are called leads back to what was asked in them.
    /// </summary>
    public static Plan From(Plan plan)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        string? Neutral(string? label)
        {
            if (label is null)
                return null;
            if (!labels.TryGetValue(label, out string? neutral))
                labels[label] = neutral = string.Create(CultureInfo.InvariantCulture, $"c{labels.Count + 1}");
            return neutral;
        }
        return plan with
        {
            ExpectedQueries = null,
            Questions = new RowList<PlannedQuestion>(
                [.. plan.Questions.Select(question => question with { Text = "", Conversation = Neutral(question.Conversation) })]),
        };
    }

    /// <summary>The row without question, query, answer and the service's words.</summary>
    public static QuestionResult From(QuestionResult row) => row with
    {
        Question = "",
        Sql = null,
        Answer = null,
        ErrorText = IsOurs(ErrorGrouping.Of(row)) ? row.ErrorText : null,
    };

    /// <summary>The expected answer without the service's words on its SQL.</summary>
    public static ExpectedAnswer From(ExpectedAnswer answer) =>
        answer.Reason?.StartsWith(Failed, StringComparison.Ordinal) == true ? answer with { Reason = Failed } : answer;

    /// <summary>The run with such rows, such a plan, and figures that quote neither.</summary>
    public static LoadRun From(LoadRun run) => run with
    {
        Results = new RowList<QuestionResult>([.. run.Results.Select(From)]),
        Plan = From(run.Plan),
        Causes = new RowList<CauseCount>([.. run.Causes.Select(cause => cause with { Example = null })]),
        Evaluations = new RowList<Evaluation>([.. (run.Evaluations ?? new([])).Select(EvaluationGate.WithoutTexts)]),
        // Slices by question are labelled with what was asked.
        Slices = new RowList<SliceFigures>([.. run.Slices.Select(slice => slice with { Label = null })]),
        ExpectedAnswers = new RowList<ExpectedAnswer>([.. run.ExpectedAnswers.Select(From)]),
        Consistency = new RowList<QuestionConsistency>([.. run.Consistency.Select(row => row with { Question = null })]),
    };

    private static bool IsOurs(string? group) => group is
        ErrorGroup.TransportDns or ErrorGroup.TransportConnect or ErrorGroup.TransportTls or ErrorGroup.TransportReset
        or ErrorGroup.TransportTimeout
        or ErrorGroup.ClientDeadline or ErrorGroup.Stop;
}
