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
        QuestionResult[] answered = SortedRows.By(
            [.. MeasuredRows.Of(run).Where(row => row.Success && Of(row) is not null)], row => Of(row)!.Value);
        if (answered.Length == 0)
            return null;
        int count = Math.Min(MostBars, answered.Length);
        TimeSums all = new(Parts.Count);
        (string Label, TimeSums Sums)[] groups = [.. Enumerable.Range(0, count).Select(i => (
            Label(i, count, answered.Length),
            Sum(answered.AsSpan((int)((long)i * answered.Length / count)..(int)((long)(i + 1) * answered.Length / count)), all)))];
        double total = Math.Max(1e-9, all.Whole);
        int[] parts = [.. Enumerable.Range(0, Parts.Count).Where(part => all.Parts[part] / total >= LeastShare)];
        ChartFigure figure = new()
        {
            Id = Id,
            Title = Title,
            Note = answered.Length >= MostBars
                ? $"Answers by {Time}: each bar is the mean of a tenth of them."
                : $"Answers by {Time}: each bar is one of them.",
            Description = $"The largest parts of the mean {Time}: " + string.Join(", ", parts
                .Select(part => (Parts[part].Name, Share: all.Parts[part] / total)).OrderByDescending(part => part.Share).Take(3)
                .Select(part => FormattableString.Invariant($"{part.Name} {part.Share:0 %}"))) + ".",
            Legend =
            [
                .. parts.Select(part => (
                    ChartFigure.Square($"part {Parts[part].CssClass}"),
                    FormattableString.Invariant($"{Parts[part].Name} {100 * all.Parts[part] / total:0.#} %"))),
            ],
            Table = Table(
                $"{Title}, mean seconds", ["Answers", .. parts.Select(part => Parts[part].Name + ":"), Whole],
                groups.Append(("all", all)).Select(group => (object?[])
                [
                    group.Item1, .. parts.Select(part => ReportNumber.Seconds(group.Item2.Mean(part))),
                    ReportNumber.Seconds(group.Item2.Mean()),
                ])),
        };
        StackedBar[] bars = [.. groups.Select(group => Bar(group.Label, group.Sums, parts))];
        return figure.OfFullWidth((size, id, title, description) => StackedBarChart.Draw(size, id, title, description, bars));
    }

    /// <summary>Sums of some rows, which are added to those of all: each row is looked at once.</summary>
    private TimeSums Sum(ReadOnlySpan<QuestionResult> rows, TimeSums all)
    {
        TimeSums sums = new(Parts.Count);
        foreach (QuestionResult row in rows)
        {
            double whole = Of(row)!.Value;
            sums.AddRow(whole);
            all.AddRow(whole);
            for (int part = 0; part < Parts.Count; part++)
            {
                double seconds = Parts[part].Of(row);
                sums.Parts[part] += seconds;
                all.Parts[part] += seconds;
            }
        }
        return sums;
    }

    private StackedBar Bar(string label, TimeSums sums, int[] parts) => new(
        label, $"{ReportNumber.Seconds(sums.Mean())} s",
        [
            .. parts.Select(part => (
                $"part {Parts[part].CssClass}", sums.Mean(part),
                $"{Parts[part].Name}: {ReportNumber.Seconds(sums.Mean(part))} s, {label} of the answers")),
        ]);

    private static string Label(int i, int count, int answers)
    {
        if (answers < MostBars)
            return answers == 1 ? "the answer" : i == 0 ? "fastest" : i == count - 1 ? "slowest" : FormattableString.Invariant($"{i + 1}.");
        return i == 0 ? "fastest 10 %" : i == count - 1 ? "slowest 10 %" : FormattableString.Invariant($"{i * 10}\u2013{(i + 1) * 10} %");
    }

    /// <summary>Seconds of rows, summed up in their order.</summary>
    private sealed class TimeSums(int parts)
    {
        private int _rows;

        public double[] Parts { get; } = new double[parts];

        public double Whole { get; private set; }

        public void AddRow(double whole)
        {
            _rows++;
            Whole += whole;
        }

        public double Mean() => Whole / _rows;

        public double Mean(int part) => Parts[part] / _rows;
    }
}
