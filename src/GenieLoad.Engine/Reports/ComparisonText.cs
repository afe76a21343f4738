using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>A comparison as text, at most 110 columns wide.</summary>
public static class ComparisonText
{
    private const int MostQuestions = 10;

    /// <summary>Writes the comparison: the verdict, the figures, and the questions that changed most.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end.</returns>
    public static string Write(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        SummaryLines lines = new();
        lines.AddRange(
        [
            $"{InWords(comparison.Verdict)}: {ChangeText.Runs(comparison.DifferenceRunId, comparison.DifferenceRunIds)}",
            .. comparison.Reason.Length == 0 ? Array.Empty<string>() : [$"  {comparison.Reason}"],
            $"  against {ChangeText.Runs(comparison.ReferenceRunId, comparison.ReferenceRunIds)} of "
                + $"{comparison.ReferenceStartedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC",
            FormattableString.Invariant(
                $"  {(comparison.ReferenceRunIds.Count + comparison.DifferenceRunIds.Count > 2 ? "run by run" : "question by question")}; the same is within {comparison.TolerancePercent:0.##} % or {comparison.TolerancePoints:0.##} points"),
            "",
            Line("Figure", "Before", "After", "Change", "95 % interval", "p", "Verdict"),
            .. comparison.Rows.Select(row => Line(row.Figure, row)),
        ]);
        if (comparison.Questions.Count > 0)
        {
            lines.Add("");
            lines.Add(Line("Median per question", "Before", "After", "Change", "95 % interval", "p", "Verdict"));
            lines.AddRange(comparison.Questions.Take(MostQuestions).Select(row => Line($"{row.QuestionId} {row.Question}", row)));
        }

        if (comparison.Questions.Count > MostQuestions)
            lines.Add(FormattableString.Invariant($"and {comparison.Questions.Count - MostQuestions} more; see Questions"));
        if (ChangeText.Footnote(comparison.Rows) is { } footnote)
            lines.AddRange(["", footnote]);
        return lines.ToString();
    }

    private static string Line(string name, ComparisonRow row) => Line(
        name, Value(row.ReferenceValue, row.Unit), Value(row.DifferenceValue, row.Unit),
        row.ChangePercent is { } percent ? Text($"{percent:+0.0;-0.0;0.0} %{ChangeText.Mark(row)}")
            : row.Shift is { } shift ? Signed(shift, "0.0") + ChangeText.Mark(row) : "-",
        row is { ShiftLower: { } lower, ShiftUpper: { } upper } ? $"{Signed(lower, "0.00")} to {Signed(upper, "0.00")}" : "-",
        row.PValue is { } p ? p < 0.001 ? "<0.001" : Text($"{p:0.000}") : "-",
        InWords(row.Verdict));

    private static string Line(string name, string before, string after, string change, string interval, string p, string verdict) =>
        $"{Cut(name, 31),-31}{before,10}{after,10}{change,11}{interval,20}{p,8}  {verdict}".TrimEnd();

    private static string InWords(string verdict) => verdict == ChangeVerdict.NotEnoughData ? "Not enough data" : verdict;

    private static string Value(double? value, string unit) => value switch
    {
        null => "-",
        double.PositiveInfinity => "never",
        { } number => Text($"{number:0.00} {unit}"),
    };

    private static string Signed(double value, string format) => double.IsInfinity(value)
        ? value > 0 ? "+inf" : "-inf"
        : value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);

    private static string Cut(string text, int length)
    {
        // First, or what is spelled out would move the columns.
        string line = PrintableText.Line(text);
        return line.Length <= length ? line : line[..(length - 3)] + "...";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
