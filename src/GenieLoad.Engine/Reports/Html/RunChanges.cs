using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Where a run was changed while it ran, on a chart over its time.</summary>
internal static class RunChanges
{
    // More labels would stand on each other, and on the marks.
    private const int Most = 6;
    private const int Lines = 3;

    /// <summary>Draws a line at each of the first changes.</summary>
    /// <param name="plot">The chart.</param>
    /// <param name="run">The run.</param>
    /// <param name="endSeconds">End of its time axis.</param>
    public static void Draw(Plot plot, LoadRun run, double endSeconds)
    {
        foreach ((RunChange change, int i) in run.Changes.Where(change => change.OffsetSeconds <= endSeconds).Take(Most)
            .Select((change, i) => (change, i)))
            plot.AddReference(change.OffsetSeconds, ReportText.OneLine(change.Change, 24), i % Lines);
    }
}
