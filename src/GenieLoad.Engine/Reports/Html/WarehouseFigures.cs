using System.Xml.Linq;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The clusters of each SQL warehouse over the run.</summary>
internal static class WarehouseFigures
{
    // A page of a test over many workspaces has to end somewhere.
    private const int MostWarehouses = 4;

    /// <summary>A figure for each warehouse that was looked at more than once.</summary>
    public static IEnumerable<XElement> Of(LoadRun run, RunStretches stretches) => run.WarehouseSamples
        .GroupBy(sample => sample.WarehouseId).Where(samples => samples.Count() > 1).Take(MostWarehouses)
        .Select((samples, i) => Of(run, [.. samples], $"warehouse-{i + 1}", stretches.EndSeconds));

    private static XElement Of(LoadRun run, WarehouseSample[] samples, string figureId, double end)
    {
        end = Math.Max(end, samples[^1].OffsetSeconds);
        Step[] steps =
        [
            .. samples.Select((sample, i) => new Step(
                sample.OffsetSeconds, i + 1 < samples.Length ? samples[i + 1].OffsetSeconds : end, Clusters(sample))),
        ];
        string what = run.Connections.FirstOrDefault(connection => connection.WarehouseId == samples[0].WarehouseId) is { } connection
            ? ReportText.OneLine(WarehouseWords.Kind(connection), 200)
            : "";
        ChartFigure figure = new()
        {
            Id = figureId,
            Title = "Clusters of the SQL warehouse",
            Note = $"{what}{(what.Length > 0 ? ". " : "")}Looked at every 20 s, at no cost; a change lies up to 20 s before its step.",
            Description = $"The warehouse had {ReportText.OneLine(WarehouseWords.Range(samples), 300)}.",
            Table = Table("Clusters of the SQL warehouse", ["From", "Clusters:", "State"], samples.Select(sample => new object?[]
            {
                ReportNumber.Duration(sample.OffsetSeconds), ReportNumber.Count((long)Clusters(sample)),
                ReportText.OneLine(sample.State ?? "", 40),
            })),
        };
        return figure.OfFullWidth((size, id, title, description) =>
        {
            LinearScale time = LinearScale.OverTime(end, size.HorizontalMarks);
            Plot plot = new(
                size with { Height = 200 }, time, LinearScale.Over(0, Math.Max(4, steps.Max(step => step.Value)), 4), "clusters");
            StepChart.Area(plot, "area", steps);
            StepChart.Line(plot, "line started", steps);
            return plot.ToSvg(id, title, description);
        });
    }

    private static double Clusters(WarehouseSample sample) => Math.Max(0, sample.Clusters ?? 0);
}
