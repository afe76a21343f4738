using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Where the time goes: a stacked bar per tenth of the answers, the fastest first.</summary>
internal static class TimeFigure
{
    private const int MostBars = 10;

    // A part of less than this of all time is not worth a colour.
    private const double LeastShare = 0.001;

    /// <summary>The figure; nothing without answers.</summary>
    public static XElement? Of(LoadRun run)
    {
        QuestionResult[] answered = [.. MeasuredRows.Of(run).Where(row => row is { Success: true, ResponseSeconds: not null }).OrderBy(
            row => row.ResponseSeconds)];
        if (answered.Length == 0)
            return null;
        double total = Math.Max(1e-9, answered.Sum(row => row.ResponseSeconds!.Value));
        TimePart[] parts = [.. TimePart.All.Where(part => answered.Sum(part.Of) / total >= LeastShare)];
        int count = Math.Min(MostBars, answered.Length);
        (string Label, QuestionResult[] Rows)[] groups = [.. Enumerable.Range(0, count).Select(i => (
            Label(i, count, answered.Length),
            answered[(int)((long)i * answered.Length / count)..(int)((long)(i + 1) * answered.Length / count)]))];
        ChartFigure figure = new()
        {
            Id = "time",
            Title = "Where the time goes",
            Note = answered.Length >= MostBars
                ? "Answers by response time: each bar is the mean of a tenth of them."
                : "Answers by response time: each bar is one of them.",
            Description = "The largest parts of the mean response time: " + string.Join(", ", parts
                .Select(part => (part.Name, Share: answered.Sum(part.Of) / total)).OrderByDescending(part => part.Share).Take(3)
                .Select(part => FormattableString.Invariant($"{part.Name} {part.Share:0 %}"))) + ".",
            Legend =
            [
                .. parts.Select(part => (
                    ChartFigure.Square($"part {part.CssClass}"),
                    FormattableString.Invariant($"{part.Name} {100 * answered.Sum(part.Of) / total:0.#} %"))),
            ],
            Table = Table(
                "Where the time goes, mean seconds", ["Answers", .. parts.Select(part => part.Name + ":"), "Response:"],
                groups.Append(("all", answered)).Select(group => (object?[])
                [
                    group.Item1, .. parts.Select(part => ReportNumber.Seconds(group.Item2.Average(part.Of))),
                    ReportNumber.Seconds(group.Item2.Average(row => row.ResponseSeconds)),
                ])),
        };
        StackedBar[] bars = [.. groups.Select(group => Bar(group.Label, group.Rows, parts))];
        return figure.OfFullWidth((size, id, title, description) => StackedBarChart.Draw(size, id, title, description, bars));
    }

    private static StackedBar Bar(string label, QuestionResult[] rows, TimePart[] parts) => new(
        label, $"{ReportNumber.Seconds(rows.Average(row => row.ResponseSeconds))} s",
        [
            .. parts.Select(part => (part, Mean: rows.Average(part.Of))).Select(part => (
                $"part {part.part.CssClass}", part.Mean, $"{part.part.Name}: {ReportNumber.Seconds(part.Mean)} s, {label} of the answers")),
        ]);

    private static string Label(int i, int count, int answers)
    {
        if (answers < MostBars)
            return answers == 1 ? "the answer" : i == 0 ? "fastest" : i == count - 1 ? "slowest" : FormattableString.Invariant($"{i + 1}.");
        return i == 0 ? "fastest 10 %" : i == count - 1 ? "slowest 10 %" : FormattableString.Invariant($"{i * 10}\u2013{(i + 1) * 10} %");
    }
}
