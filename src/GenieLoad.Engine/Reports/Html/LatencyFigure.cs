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
        List<ScatterPoint> all = [.. run.Results.Select(Point).OfType<ScatterPoint>()];
        List<ScatterPoint> points = Thin(all);
        double slowest = all.Count == 0 ? 1 : all.Max(point => point.Y);
        // Marks stand where questions were due: behind the plan's end there are none, however long the last answers took.
        double end = Math.Max(
            all.Select(point => point.X).DefaultIfEmpty(0).Max(), Math.Min(run.Plan.DurationSeconds ?? 0, stretches.EndSeconds));
        ChartFigure figure = new()
        {
            Id = "latency",
            Title = "Response time over the run",
            Note = Note(run, all.Count, points.Count),
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

    private static ScatterPoint? Point(QuestionResult row)
    {
        double? seconds = row.ResponseSeconds ?? (row.CompletedOffsetSeconds - row.PlannedOffsetSeconds);
        if (seconds is not { } waited || !AskedQuestions.IsAsked(row) || !double.IsFinite(waited))
            return null;
        PointKind kind = row.IsWarmUp ? PointKind.WarmUp
            : AskedQuestions.IsBrokenOff(row) ? PointKind.BrokenOff
            : !row.Success ? PointKind.Failed
            : row.ThrottleSeconds > 0 || row.ThrottleRetries > 0 ? PointKind.Throttled
            : PointKind.Answered;
        string throttled = row.ThrottleSeconds > 0 ? $", {ReportNumber.Seconds(row.ThrottleSeconds)} s of it lost to 429s" : "";
        string what = ReportText.OneLine(string.IsNullOrWhiteSpace(row.Question) ? row.QuestionId : row.Question, 80);
        return new ScatterPoint(
            kind, row.PlannedOffsetSeconds, Math.Max(0, waited),
            $"{row.Index}. {what}\n{row.Outcome}: {ReportNumber.Seconds(waited)} s{throttled}, due at "
                + $"{ReportNumber.Duration(row.PlannedOffsetSeconds)}");
    }

    /// <summary>
    /// Of many points an even choice of each kind, by its share; rare kinds keep enough to be seen, and the slowest are all there.
    /// </summary>
    private static List<ScatterPoint> Thin(List<ScatterPoint> all)
    {
        if (all.Count <= MostPoints)
            return all;
        HashSet<ScatterPoint> kept = [.. all.OrderByDescending(point => point.Y).Take(SlowestKept)];
        foreach (IGrouping<PointKind, ScatterPoint> kind in all.GroupBy(point => point.Kind))
        {
            List<ScatterPoint> points = [.. kind];
            kept.UnionWith(Thinning.Evenly(
                points, Math.Max(FewestOfAKind, (int)((long)points.Count * (MostPoints - SlowestKept) / all.Count))));
        }

        return [.. all.Where(kept.Contains)];
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

    private static string Description(LoadRun run, List<ScatterPoint> all)
    {
        if (all.Count == 0)
            return run.State == RunState.Running ? "No question has ended yet." : "No question was asked.";
        ScatterPoint slowest = all.MaxBy(point => point.Y);
        string kinds = string.Join(", ",
            Kinds(all).Select(kind => $"{ReportNumber.Count(all.Count(point => point.Kind == kind))} {Name(kind).ToLowerInvariant()}"));
        string median = run.P50ResponseSeconds is null
            ? "" : $" The median response time is {ReportNumber.Seconds(run.P50ResponseSeconds)} s.";
        return $"{kinds}.{median} The longest wait is {ReportNumber.Seconds(slowest.Y)} s, of a question due at "
            + $"{ReportNumber.Duration(slowest.X)}.";
    }

    private static IEnumerable<PointKind> Kinds(List<ScatterPoint> all) =>
        all.Select(point => point.Kind).Distinct().OrderBy(kind => kind == PointKind.WarmUp).ThenBy(kind => kind);

    private static string Name(PointKind kind) => kind switch
    {
        PointKind.Answered => "Answered",
        PointKind.Throttled => "Answered after 429s",
        PointKind.Failed => "Failed",
        PointKind.BrokenOff => "Cut off by the end of the run",
        _ => "Warm-up",
    };
}
