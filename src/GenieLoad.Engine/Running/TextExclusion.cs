using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Keeps what people asked and what they were told out of a run: of a question its id is left, of an error its type. Texts of our own, about
/// network, time limits and stops, quote nothing and stay.
/// </summary>
internal static class TextExclusion
{
    /// <summary>The plan with the questions' ids alone. Its hash still is that of the texts.</summary>
    public static Plan Of(Plan plan) =>
        plan with { Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select(question => question with { Text = "" })]) };

    /// <summary>The row without question, query, answer and the service's words.</summary>
    public static QuestionResult Of(QuestionResult row) => row with
    {
        Question = "",
        Sql = null,
        Answer = null,
        ErrorText = IsOurs(ErrorGrouping.Of(row)) ? row.ErrorText : null,
    };

    private static bool IsOurs(string? group) => group is
        ErrorGroup.TransportDns or ErrorGroup.TransportConnect or ErrorGroup.TransportTls or ErrorGroup.TransportReset or ErrorGroup.TransportTimeout
        or ErrorGroup.ClientDeadline or ErrorGroup.Stop;
}
