using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// A comparison as text, 60 columns wide: a view does not know how wide the console or the file is, and most consoles have 80.
/// </summary>
public static class ComparisonText
{
    private const int MostQuestions = 10;
    private const int Width = 60;
    private const int NameWidth = 23;

    /// <summary>Writes the comparison: the verdict, the figures, and the questions that changed most.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end.</returns>
    public static string Write(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        SummaryLines lines = new();
        lines.AddRange(
        [
            $"{ChangeText.Sign(comparison.Verdict)} {ChangeText.Verdict(comparison.Verdict)}",
            .. Wrapped(comparison.Reason, "  "),
            .. Wrapped(ChangeText.Runs(comparison.DifferenceRunId, comparison.DifferenceRunIds), "  "),
            .. Wrapped($"against {ChangeText.Runs(comparison.ReferenceRunId, comparison.ReferenceRunIds)}", "  "),
            $"  of {comparison.ReferenceStartedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, {ChangeText.Pairing(comparison)}",
            "",
            Line("Figure", "Before", "After", "Change", "Verdict"),
        ]);
        double least = ChangeText.LeastForPercent(comparison);
        lines.AddRange(comparison.Rows.Select(row => Line(Short(row.Figure), row, least)));
        if (comparison.Questions.Count > 0)
        {
            lines.Add("");
            lines.Add(Line("Median per question", "Before", "After", "Change", "Verdict"));
            lines.AddRange(comparison.Questions.Take(MostQuestions).Select(row => Line($"{row.QuestionId} {row.Question}", row, least)));
        }

        if (comparison.Questions.Count > MostQuestions)
            lines.Add(Text($"and {comparison.Questions.Count - MostQuestions} more; see Questions"));
        lines.AddRange(Answers(comparison));
        lines.Add("");
        if (ChangeText.Footnote(comparison.Rows) is { } footnote)
            lines.AddRange(Wrapped(footnote, ""));
        lines.AddRange(Notes(comparison));
        return lines.ToString();
    }

    private static IEnumerable<string> Answers(RunComparison comparison)
    {
        if (comparison.Answers.Count == 0)
            yield break;
        AnswerComparison[] changed = [.. comparison.Answers.Where(answer => answer.Verdict != AnswerVerdict.Same)];
        yield return "";
        foreach (string line in Wrapped(ChangeText.Answers(comparison), ""))
            yield return line;
        foreach (AnswerComparison answer in changed.Take(MostQuestions))
        {
            foreach (string line in Wrapped($"{answer.QuestionId}: {answer.Verdict}, {answer.Reason}", "  "))
                yield return line;
        }
        if (changed.Length > MostQuestions)
            yield return Text($"  and {changed.Length - MostQuestions} more; see Answers");
    }

    private static IEnumerable<string> Notes(RunComparison comparison) =>
    [
        .. comparison.Rows.Concat(comparison.Questions).Any(row => row.Verdict == ChangeVerdict.NotEnoughData)
            ? ["? not enough data; Reason of each row says why"] : Array.Empty<string>(),
        Text($"= the same, within {comparison.TolerancePercent:0.##} % or {comparison.TolerancePoints:0.##} ")
            + (comparison.TolerancePoints == 1 ? "point" : "points"),
        "Rows and Questions contain the 95 % intervals and p-values.",
    ];

    private static string Line(string name, ComparisonRow row, double leastForPercent) => Line(
        name, Value(row.ReferenceValue, row.Unit), Value(row.DifferenceValue, row.Unit), Change(row, leastForPercent),
        InWords(row.Verdict));

    private static string Line(string name, string before, string after, string change, string verdict) =>
        $"{Cut(name),-NameWidth}{before,9}{after,9}{change,11} {verdict}".TrimEnd();

    private static string Change(ComparisonRow row, double leastForPercent) => row switch
    {
        { ChangePercent: { } percent } when ChangeText.IsInPercent(row, leastForPercent) => Signed(percent, "0.0") + " %",
        { Shift: double.PositiveInfinity or double.NegativeInfinity } => Signed(row.Shift.Value, ""),
        { Shift: { } points, Unit: "%" } => Signed(points, "0.0") + " pt",
        { Shift: { } shift } => $"{Signed(shift, "0.00")} {row.Unit}",
        _ => "-",
    } + ChangeText.Mark(row);

    /// <summary>The name of a figure whose unit stands beside its values.</summary>
    private static string Short(string figure) =>
        figure.EndsWith("Seconds", StringComparison.Ordinal) ? figure[..^"Seconds".Length] : figure;

    private static string InWords(string verdict) => verdict switch
    {
        ChangeVerdict.Better or ChangeVerdict.Worse => $"{ChangeText.Sign(verdict)} {verdict}",
        _ => ChangeText.Sign(verdict),
    };

    private static string Value(double? value, string unit) => value switch
    {
        null => "-",
        double.PositiveInfinity => "never",
        { } number => Text($"{number.ToString(Math.Abs(number) < 100 ? "0.00" : "0.0", CultureInfo.InvariantCulture)} {unit}"),
    };

    /// <summary>A change with its sign; one of four digits or more has no need of a fifth behind the point.</summary>
    private static string Signed(double value, string format)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "+inf" : "-inf";
        string digits = Math.Abs(value) < 1000 ? format : "0";
        return value.ToString($"+{digits};-{digits};{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>A text in lines that keep within the width.</summary>
    private static IEnumerable<string> Wrapped(string text, string indent) =>
        text.Length == 0 ? [] : WrappedText.Lines(PrintableText.Line(text), Width - indent.Length).Select(line => indent + line);

    // First, or what is spelled out would move the columns.
    private static string Cut(string text) => ReportText.Cut(PrintableText.Line(text), NameWidth);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
