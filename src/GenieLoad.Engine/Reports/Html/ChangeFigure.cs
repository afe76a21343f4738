using System.Globalization;
using System.Text;
using System.Xml.Linq;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The changes of times as a chart, in percent of what they were.</summary>
internal static class ChangeFigure
{
    private const int LongestLabel = 22;
    private const int LongestName = 500;

    /// <summary>The figure; nothing where no change is known.</summary>
    public static XElement? Of(
        RunComparison comparison, string id, string title, IReadOnlyList<ComparisonRow> rows, Func<ComparisonRow, string> name)
    {
        double least = ChangeText.LeastForPercent(comparison);
        ComparisonRow[] known = [.. rows.Where(row => row is { ChangePercent: not null, ReferenceValue: > 0, Shift: not null }
            && double.IsFinite(row.ShiftLower ?? 0) && double.IsFinite(row.ShiftUpper ?? 0))];
        ComparisonRow[] drawn = [.. known.Where(row => ChangeText.IsInPercent(row, least) || row.DifferenceValue >= least)];
        if (drawn.Length == 0)
            return null;
        Change[] changes = [.. drawn.Select(row => Change(row, name(row), least))];
        ChartFigure figure = new()
        {
            Id = id,
            Title = title,
            Note = Note(comparison, least, known.Length - drawn.Length),
            Description = string.Join(", ", changes.Take(5).Select(change => $"{change.Label} {change.Value}")) + ".",
            Table = Table(title, ["Figure", "Change:", "95 % interval:", "Verdict"], rows.Select(row => new object?[]
            {
                Foreign(name(row), LongestName), ChangeText.Shift(row, least), ChangeText.Interval(row), ComparisonPage.Tag(row.Verdict),
            })),
        };
        return figure.OfFullWidth((size, chart, heading, description) =>
            IntervalChart.Draw(size, chart, heading, description, changes, comparison.TolerancePercent));
    }

    /// <summary>A figure of response times in words: <c>P50 executing query</c>.</summary>
    public static string InWords(string figure)
    {
        StringBuilder words = new();
        foreach (char c in figure.Replace("Seconds", "", StringComparison.Ordinal)
            .Replace("ResponseWithFailures", "WithFailures", StringComparison.Ordinal))
        {
            if (char.IsUpper(c) && words.Length > 0)
                words.Append(' ').Append(char.ToLowerInvariant(c));
            else
                words.Append(c);
        }

        return words.Replace(" ai", " AI").ToString();
    }

    private static string Note(RunComparison comparison, double least, int leftOut) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"In percent of the value before, with 95 % intervals; to the left is faster. Within the grey band, "
            + $"{comparison.TolerancePercent:0.##} % to either side, a change counts as none. An arrow points to a change beyond the axis.")
        + (leftOut == 0 ? "" : $" {ReportNumber.Counted(leftOut, "part", "parts")} below {ReportNumber.Seconds(least)} s before and after "
            + $"{(leftOut == 1 ? "is" : "are")} in the data only.");

    private static Change Change(ComparisonRow row, string name, double least)
    {
        double percent = row.ChangePercent!.Value;
        // The percentage is of the same questions, which need not be the value that is shown.
        double scale = row.Shift is { } shift && shift != 0 ? percent / shift : 100 / row.ReferenceValue!.Value;
        string value = ChangeText.Shift(row, least);
        return new Change(
            ReportText.OneLine(name, LongestLabel), value, ChangeText.CssClass(row.Verdict), percent,
            row.ShiftLower * scale ?? percent, row.ShiftUpper * scale ?? percent, ChangeText.IsInPercent(row, least),
            $"{ReportText.OneLine(name, 80)}: {value} ({ChangeText.Interval(row)}), {ChangeText.Verdict(row.Verdict).ToLowerInvariant()}");
    }
}
