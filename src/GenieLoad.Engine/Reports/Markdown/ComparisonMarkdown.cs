using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Markdown;

/// <summary>Comparisons in Markdown, for job summaries and pull requests.</summary>
internal static class ComparisonMarkdown
{
    private const int MostQuestions = 5;
    private const int LongestCell = 100;

    /// <summary>Writes them, one after the other.</summary>
    public static void Write(IReadOnlyList<RunComparison> comparisons, Stream stream)
    {
        using StreamWriter writer = new(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join("\n\n", comparisons.SelectMany(Blocks)));
    }

    private static IEnumerable<string> Blocks(RunComparison comparison)
    {
        yield return $"## {Mark(comparison.Verdict)} {ChangeText.Verdict(comparison.Verdict)}: "
            + $"{Escape(ChangeText.Runs(comparison.DifferenceRunId, comparison.DifferenceRunIds))}";
        yield return $"against {Escape(ChangeText.Runs(comparison.ReferenceRunId, comparison.ReferenceRunIds))} of "
            + $"{ReportNumber.Instant(comparison.ReferenceStartedAt)}. {MarkdownText.Escape(ChangeText.Basis(comparison), 500)}";
        if (comparison.Warnings.Count > 0)
            yield return string.Join('\n', comparison.Warnings.Select(warning => $"- \u26A0\uFE0F {MarkdownText.Escape(warning, 500)}"));
        double least = ChangeText.LeastForPercent(comparison);
        yield return Table("Figure", comparison.Rows, least, row => row.Figure);
        if (ChangeText.Footnote(comparison.Rows) is { } footnote)
            yield return "\\" + footnote;
        if (comparison.Answers.Count > 0)
        {
            yield return string.Join('\n', comparison.Answers.Where(answer => answer.Verdict != AnswerVerdict.Same).Take(MostQuestions)
                .Select(answer => $"- {Escape($"{answer.QuestionId} {answer.Question}")}: {answer.Verdict}, {Escape(answer.Reason)}")
                .Prepend($"**{ChangeText.Answers(comparison)}.**\n"));
        }
        if (comparison.Questions.Count == 0)
            yield break;
        yield return "### Questions that changed most";
        yield return Table(
            "Median response time", comparison.Questions.Take(MostQuestions), least, row => $"{row.QuestionId} {row.Question}");
        if (comparison.Questions.Count > MostQuestions)
            yield return $"and {ReportNumber.Count(comparison.Questions.Count - MostQuestions)} more.";
    }

    private static string Table(
        string first, IEnumerable<ComparisonRow> rows, double leastForPercent, Func<ComparisonRow, string> name) => MarkdownText.Table(
        [first, "Before:", "After:", "Change:", "95 % interval:", "p:", "Verdict"],
        rows.Select(row => new[]
        {
            Escape(name(row)), ChangeText.Value(row.ReferenceValue, row.Unit), ChangeText.Value(row.DifferenceValue, row.Unit),
            ChangeText.Shift(row, leastForPercent) + (row.ShiftBasis is null ? "" : " \\*"),
            ChangeText.Interval(row), ChangeText.P(row.PValue).Replace("<", "&lt;", StringComparison.Ordinal),
            $"{Mark(row.Verdict)} {ChangeText.Verdict(row.Verdict).ToLowerInvariant()}",
        }));

    private static string Mark(string verdict) => verdict switch
    {
        ChangeVerdict.Better => "\u2705",
        ChangeVerdict.Worse => "\u274C",
        ChangeVerdict.Same => "\u2796",
        _ => "\u2754",
    };

    private static string Escape(string text) => MarkdownText.Escape(text, LongestCell);
}
