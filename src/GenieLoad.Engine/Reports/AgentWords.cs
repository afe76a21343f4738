using System.Globalization;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>Where the time of the answers in agent mode went, in words.</summary>
internal static class AgentWords
{
    private static readonly (string Measure, string Name)[] Shown =
    [
        ("Thinking", "thinking"), ("Sql", "SQL"), ("Writing", "writing"), ("FirstItem", "first item"),
        ("LongestSilence", "longest silence"),
    ];

    /// <summary>
    /// Such as <c>P50/P90 in s: thinking 18.1/25.2, SQL 6.2/9.1</c>, <c>~</c> for a percentile of too few answers;
    /// <see langword="null"/> where nothing was answered in agent mode.
    /// </summary>
    /// <param name="run">The run.</param>
    public static string? Of(LoadRun run)
    {
        string[] times =
        [
            .. Shown.Select(shown => (shown.Name, Figures: run.Latency.FirstOrDefault(figures => figures.Measure == shown.Measure)))
                .Where(time => time.Figures is { Count: > 0 })
                .Select(time => $"{time.Name} {Number(time.Figures!, time.Figures!.P50Seconds, 50)}/"
                    + Number(time.Figures!, time.Figures!.P90Seconds, 90)),
        ];
        return times.Length == 0 ? null : $"P50/P90 in s: {string.Join(", ", times)}";
    }

    private static string Number(LatencyFigures figures, double? seconds, double percent) =>
        (figures.Count < OrderStatistics.RequiredCount(percent) ? "~" : "")
        + string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0}");
}
