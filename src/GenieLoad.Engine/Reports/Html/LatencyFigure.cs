using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Response times over the run: a point per question, throttled and failed ones marked.</summary>
internal static class LatencyFigure
{
    private const int MostPoints = 1000;
    private const int SlowestKept = 20;
    private const int FewestOfAKind = 50;

    private static readonly string[] Columns = ["From", "Due:", "Answered:", "Failed:", "Median, s:", "P95, s:"];

    /// <summary>The figure.</summary>
    public static XElement Of(LoadRun run, RunStretches stretches)
    {
        List<Mark> all = Marks(run);
        ScatterPoint[] points = [.. Thin(all).Select(mark => new ScatterPoint(mark.Kind, mark.X, mark.Y, Hint(mark.Row)))];
        double slowest = all.Count == 0 ? 1 : all.Max(point => point.Y);
        // Marks stand where questions were due: behind the plan's end there are none, however long the last answers took.
        double end = Math.Max(
            all.Select(point => point.X).DefaultIfEmpty(0).Max(), Math.Min(run.Plan.DurationSeconds ?? 0, stretches.EndSeconds));
        ChartFigure figure = new()
        {
            Id = "latency",
            Title = "Response time over the run",
            Note = Note(run, all.Count, points.Length),
            Description = Description(run, all),
            Legend = [.. Kinds(all).Select(kind => (ScatterChart.Key(kind), Name(kind)))],
            Table = Table("Response time over the run", Columns, stretches.All.Select(stretch => new object?[]
            {
                ReportNumber.Duration(stretch.OffsetSeconds), ReportNumber.Count(stretch.Offered), ReportNumber.Count(stretch.Completed),
                ReportNumber.Count(stretch.Failed), ReportNumber.Seconds(stretch.P50ResponseSeconds),
                ReportNumber.Seconds(stretch.P95ResponseSeconds),
            })),
        };
        return figure.OfFullWidth((size, id, title, description) =>
        {
            Plot plot = new(
                size, LinearScale.OverTime(end, size.HorizontalMarks), LinearScale.Over(0, slowest), "seconds");
            ScatterChart.Draw(plot, points);
            RunChanges.Draw(plot, run, end);
            return plot.ToSvg(id, title, description);
        });
    }

    private static List<Mark> Marks(LoadRun run)
    {
        List<Mark> marks = new(run.Results.Count);
        foreach (QuestionResult row in run.Results)
        {
            if (!AskedQuestions.IsAsked(row) || Waited(row) is not double waited || !double.IsFinite(waited))
                continue;
            PointKind kind = row.IsWarmUp ? PointKind.WarmUp
                : AskedQuestions.IsBrokenOff(row) ? PointKind.BrokenOff
                : !row.Success ? PointKind.Failed
                : row.ThrottleSeconds > 0 || row.ThrottleRetries > 0 ? PointKind.Throttled
                : PointKind.Answered;
            marks.Add(new Mark(kind, row.PlannedOffsetSeconds, Math.Max(0, waited), row));
        }
        return marks;
    }

    private static double? Waited(QuestionResult row) => row.ResponseSeconds ?? (row.CompletedOffsetSeconds - row.PlannedOffsetSeconds);

    private static string Hint(QuestionResult row)
    {
        string throttled = row.ThrottleSeconds > 0 ? $", {ReportNumber.Seconds(row.ThrottleSeconds)} s of it lost to 429s" : "";
        string what = ReportText.OneLine(string.IsNullOrWhiteSpace(row.Question) ? row.QuestionId : row.Question, 80);
        return $"{row.Index}. {what}\n{row.Outcome}: {ReportNumber.Seconds(Waited(row))} s{throttled}, due at "
            + $"{ReportNumber.Duration(row.PlannedOffsetSeconds)}";
    }

    /// <summary>
    /// Of many points an even choice of each kind, by its share; rare kinds keep enough to be seen, and the slowest are all there.
    /// </summary>
    private static IEnumerable<Mark> Thin(List<Mark> all)
    {
        if (all.Count <= MostPoints)
            return all;
        int[] places = [.. Enumerable.Range(0, all.Count)];
        HashSet<int> kept = [.. places.OrderByDescending(place => all[place].Y).Take(SlowestKept)];
        foreach (IGrouping<PointKind, int> kind in places.GroupBy(place => all[place].Kind))
        {
            int[] ofKind = [.. kind];
            kept.UnionWith(Thinning.Evenly(
                ofKind, Math.Max(FewestOfAKind, (int)((long)ofKind.Length * (MostPoints - SlowestKept) / all.Count))));
        }
        return kept.Order().Select(place => all[place]);
    }

    private static string? Note(LoadRun run, int points, int shown)
    {
        List<string> notes =
            ["Each mark is a question at the time it was due. An unanswered question is shown where it was given up."];
        if (shown < points)
            notes.Add(
                $"{ReportNumber.Count(shown)} of {ReportNumber.Count(points)} are drawn: the slowest, and an even choice of the others.");
        if (run.Results.Count > points)
            notes.Add(run.State == RunState.Running
                ? $"{ReportNumber.Counted(run.Results.Count - points, "question has", "questions have")} not ended yet."
                : $"{ReportNumber.Counted(run.Results.Count - points, "question was", "questions were")} not asked.");
        return string.Join(' ', notes);
    }

    private static string Description(LoadRun run, List<Mark> all)
    {
        if (all.Count == 0)
            return run.State == RunState.Running ? "No question has ended yet." : "No question was asked.";
        Mark slowest = all.MaxBy(point => point.Y);
        string kinds = string.Join(", ",
            Kinds(all).Select(kind => $"{ReportNumber.Count(all.Count(point => point.Kind == kind))} {Name(kind).ToLowerInvariant()}"));
        string median = run.P50ResponseSeconds is null
            ? "" : $" The median response time is {ReportNumber.Seconds(run.P50ResponseSeconds)} s.";
        return $"{kinds}.{median} The longest wait is {ReportNumber.Seconds(slowest.Y)} s, of a question due at "
            + $"{ReportNumber.Duration(slowest.X)}.";
    }

    private static IEnumerable<PointKind> Kinds(List<Mark> all) =>
        all.Select(point => point.Kind).Distinct().OrderBy(kind => kind == PointKind.WarmUp).ThenBy(kind => kind);

    private static string Name(PointKind kind) => kind switch
    {
        PointKind.Answered => "Answered",
        PointKind.Throttled => "Answered after 429s",
        PointKind.Failed => "Failed",
        PointKind.BrokenOff => "Cut off by the end of the run",
        _ => "Warm-up",
    };

    // A hint takes longer than the point: only those that are drawn have one.
    private readonly record struct Mark(PointKind Kind, double X, double Y, QuestionResult Row);
}
