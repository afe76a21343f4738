using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Where a time goes: a stacked bar per tenth of the answers, the fastest first.</summary>
/// <param name="Id">Start of the ids in it.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Time">Which time it is, as in <c>by response time</c>.</param>
/// <param name="Whole">Name of the whole in the table.</param>
/// <param name="Parts">Its parts, in the order in which they come.</param>
/// <param name="Of">The whole of a row; <see langword="null"/> where it is not known.</param>
internal sealed record TimeFigure(
    string Id, string Title, string Time, string Whole, IReadOnlyList<TimePart> Parts, Func<QuestionResult, double?> Of)
{
    private const int MostBars = 10;

    // A part of less than this of all time is not worth a colour.
    private const double LeastShare = 0.001;

    private static readonly TimeFigure Response = new(
        "time", "Where the time goes", "response time", "Response:", TimePart.All, row => row.ResponseSeconds);

    private static readonly TimeFigure Server = new(
        "server", "Where the time goes on the server", "time on the server", "Server and polls:", TimePart.OnServer,
        row => row.StatementResidualSeconds is null ? null : row.ServerSeconds + (row.DetectionSeconds ?? 0));

    /// <summary>The parts of the response time; nothing without answers.</summary>
    public static XElement? OfResponse(LoadRun run) => Response.Draw(run);

    /// <summary>The parts of the time on the server; nothing where no statement is known.</summary>
    public static XElement? OfServer(LoadRun run) => Server.Draw(run);

    private XElement? Draw(LoadRun run)
    {
        QuestionResult[] answered = [.. MeasuredRows.Of(run).Where(row => row.Success && Of(row) is not null).OrderBy(Of)];
        if (answered.Length == 0)
            return null;
        double total = Math.Max(1e-9, answered.Sum(row => Of(row)!.Value));
        TimePart[] parts = [.. Parts.Where(part => answered.Sum(part.Of) / total >= LeastShare)];
        int count = Math.Min(MostBars, answered.Length);
        (string Label, QuestionResult[] Rows)[] groups = [.. Enumerable.Range(0, count).Select(i => (
            Label(i, count, answered.Length),
            answered[(int)((long)i * answered.Length / count)..(int)((long)(i + 1) * answered.Length / count)]))];
        ChartFigure figure = new()
        {
            Id = Id,
            Title = Title,
            Note = answered.Length >= MostBars
                ? $"Answers by {Time}: each bar is the mean of a tenth of them."
                : $"Answers by {Time}: each bar is one of them.",
            Description = $"The largest parts of the mean {Time}: " + string.Join(", ", parts
                .Select(part => (part.Name, Share: answered.Sum(part.Of) / total)).OrderByDescending(part => part.Share).Take(3)
                .Select(part => FormattableString.Invariant($"{part.Name} {part.Share:0 %}"))) + ".",
            Legend =
            [
                .. parts.Select(part => (
                    ChartFigure.Square($"part {part.CssClass}"),
                    FormattableString.Invariant($"{part.Name} {100 * answered.Sum(part.Of) / total:0.#} %"))),
            ],
            Table = Table(
                $"{Title}, mean seconds", ["Answers", .. parts.Select(part => part.Name + ":"), Whole],
                groups.Append(("all", answered)).Select(group => (object?[])
                [
                    group.Item1, .. parts.Select(part => ReportNumber.Seconds(group.Item2.Average(part.Of))),
                    ReportNumber.Seconds(group.Item2.Average(Of)),
                ])),
        };
        StackedBar[] bars = [.. groups.Select(group => Bar(group.Label, group.Rows, parts))];
        return figure.OfFullWidth((size, id, title, description) => StackedBarChart.Draw(size, id, title, description, bars));
    }

    private StackedBar Bar(string label, QuestionResult[] rows, TimePart[] parts) => new(
        label, $"{ReportNumber.Seconds(rows.Average(Of))} s",
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
