using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>
/// The load itself: what was offered, what left and what came back, how many were under way, and what had to be repeated.
/// </summary>
internal static class LoadFigures
{
    /// <summary>Rates and questions in flight, side by side.</summary>
    public static XElement Rates(LoadRun run, RunStretches stretches) =>
        Styled("div", "pair", Rate(run, stretches), InFlight(run, stretches));

    /// <summary>Repeated calls over the run; nothing where no call was repeated.</summary>
    public static XElement? Retries(LoadRun run, RunStretches stretches)
    {
        if (MeasuredRows.Of(run).All(row => row is { ThrottleRetries: 0, FaultRetries: 0 }))
            return null;
        Step[] throttles = Counts(run, stretches, row => row.ThrottleRetries, "because of 429s");
        Step[] faults = Counts(run, stretches, row => row.FaultRetries, "because of faults");
        ChartFigure figure = new()
        {
            Id = "retries",
            Title = "Repeated calls over the run",
            Note = "Each repeated call is counted at the time its question was first sent.",
            Description = $"{ReportNumber.Counted((long)throttles.Sum(step => step.Value), "call was", "calls were")} repeated because "
                + "of 429s, "
                + $"{ReportNumber.Count((long)faults.Sum(step => step.Value))} because of faults.",
            Legend =
            [
                (ChartFigure.Square("throttle"), "Because of 429s"),
                .. faults.Any(step => step.Value > 0)
                    ? [(ChartFigure.Square("fault"), "Because of faults (5xx, network)")] : Array.Empty<(XElement, string)>(),
            ],
            Table = Table("Repeated calls over the run", ["From", "Because of 429s:", "Because of faults:"],
                throttles.Zip(faults).Select(pair => new object?[]
            {
                ReportNumber.Duration(pair.First.From), ReportNumber.Count((long)pair.First.Value),
                ReportNumber.Count((long)pair.Second.Value),
            })),
        };
        double most = throttles.Zip(faults).Max(pair => pair.First.Value + pair.Second.Value);
        return figure.OfFullWidth((size, id, title, description) =>
        {
            LinearScale time = LinearScale.OverTime(stretches.EndSeconds, size.HorizontalMarks);
            Plot plot = new(size with { Height = 200 }, time, LinearScale.Over(0, Math.Max(4, most), 4), "calls");
            StepChart.Columns(plot, [("throttle", throttles), ("fault", faults)]);
            return plot.ToSvg(id, title, description);
        });
    }

    private static XElement Rate(LoadRun run, RunStretches stretches)
    {
        // The last stretch is cut by the end of the run: over its own short time a single answer would make a peak.
        double perMinute = 60 / stretches.StepSeconds;
        Step[] offered = Steps(stretches, stretch => perMinute * stretch.Offered);
        Step[] started = Steps(stretches, stretch => perMinute * stretch.Started);
        Step[] answered = Steps(stretches, stretch => perMinute * stretch.Completed);
        double most = offered.Concat(started).Concat(answered).Max(step => step.Value);
        ChartFigure figure = new()
        {
            Id = "rates",
            Title = "Offered and achieved load",
            Note = run.Rates.AchievedRatio is { } share
                ? "Questions per minute, warm-up left out. "
                    + FormattableString.Invariant($"{100 * share:0.#} % left within a second of the instant at which they were due.")
                : "Questions per minute, warm-up left out.",
            Description = $"Questions per minute: offered {Rate(run.Rates.OfferedPerSecond)}, sent {Rate(run.Rates.StartedPerSecond)}, "
                + $"answered {Rate(run.Rates.CompletedPerSecond)} over the whole run.",
            Legend =
            [
                (ChartFigure.Line("line offered"), "Due"), (ChartFigure.Line("line started"), "Sent"),
                (ChartFigure.Line("line answers"), "Answered in full"),
            ],
            Table = Table("Offered and achieved load, questions per minute", ["From", "Due:", "Sent:", "Answered:"],
                offered.Select((step, i) => new object?[]
            {
                ReportNumber.Duration(step.From), ReportNumber.Seconds(step.Value), ReportNumber.Seconds(started[i].Value),
                ReportNumber.Seconds(
                    answered[i].Value),
            })),
        };
        return figure.Of([ChartSize.Half], (size, id, title, description) =>
        {
            Plot plot = new(
                size, LinearScale.OverTime(stretches.EndSeconds, size.HorizontalMarks), LinearScale.Over(0, most), "questions per minute");
            StepChart.Line(plot, "line answers", answered);
            StepChart.Line(plot, "line started", started);
            StepChart.Line(plot, "line offered", offered);
            RunChanges.Draw(plot, run, stretches.EndSeconds);
            return plot.ToSvg(id, title, description);
        });
    }

    private static XElement InFlight(LoadRun run, RunStretches stretches)
    {
        Step[] steps = Steps(stretches, stretch => stretch.InFlight);
        ChartFigure figure = new()
        {
            Id = "in-flight",
            Title = "Questions in flight",
            Note = $"Sent and not yet finished; the mean of each interval of {ReportNumber.Duration(stretches.StepSeconds)}. "
                + $"The maximum was {ReportNumber.Count(run.Plan.WorkerCount)}.",
            Description = run.Rates.MeanInFlight is { } mean
                ? $"{ReportNumber.Grouped(mean, "#,0.0")} questions were in flight on average, "
                    + $"{ReportNumber.Count(run.Rates.MaximumInFlight ?? 0)} at most."
                : "No question was in flight.",
            Table = Table("Questions in flight", ["From", "Mean in flight:"], steps.Select(step => new object?[]
            {
                ReportNumber.Duration(step.From), ReportNumber.Seconds(step.Value),
            })),
        };
        return figure.Of([ChartSize.Half], (size, id, title, description) =>
        {
            LinearScale time = LinearScale.OverTime(stretches.EndSeconds, size.HorizontalMarks);
            Plot plot = new(size, time, LinearScale.Over(0, Math.Max(1, steps.Max(step => step.Value)), 4), "questions");
            StepChart.Area(plot, "area", steps);
            StepChart.Line(plot, "line started", steps);
            return plot.ToSvg(id, title, description);
        });
    }

    private static Step[] Steps(RunStretches stretches, Func<IntervalFigures, double> value) =>
        [.. stretches.All.Select(
            stretch => new Step(stretch.OffsetSeconds, stretch.OffsetSeconds + stretch.LengthSeconds, value(stretch)))];

    private static Step[] Counts(LoadRun run, RunStretches stretches, Func<QuestionResult, int> count, string why)
    {
        int[] counts = new int[stretches.All.Count];
        foreach (QuestionResult row in MeasuredRows.Of(run))
        {
            double at = row.StartedOffsetSeconds ?? row.PlannedOffsetSeconds;
            counts[(int)Math.Clamp(Math.Floor(at / stretches.StepSeconds), 0, counts.Length - 1)] += count(row);
        }

        return
        [
            .. stretches.All.Select((stretch, i) => new Step(
                stretch.OffsetSeconds, stretch.OffsetSeconds + stretch.LengthSeconds, counts[i],
                $"from {ReportNumber.Duration(stretch.OffsetSeconds)}: {ReportNumber.Count(counts[i])} {why}")),
        ];
    }

    private static string Rate(double? perSecond) =>
        perSecond is { } rate ? ReportNumber.Grouped(rate * 60, "#,0.0") : "all at once";
}
