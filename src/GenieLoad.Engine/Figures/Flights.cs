using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>When questions of a run were first sent and when they ended, each in rising order.</summary>
/// <param name="Starts">Offsets of the first sends, in seconds.</param>
/// <param name="Ends">Offsets of the ends, none before the send of its question.</param>
internal sealed record Flights(double[] Starts, double[] Ends)
{
    /// <summary>The flights of some rows; questions that were never sent have none.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="end">Offset at which those without an end are taken to end; <see langword="null"/> to leave their end out.</param>
    public static Flights Of(IReadOnlyCollection<QuestionResult> rows, double? end)
    {
        var starts = new double[rows.Count];
        var ends = new double[rows.Count];
        int started = 0;
        int ended = 0;
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is not double from)
                continue;
            starts[started++] = from;
            if ((row.CompletedOffsetSeconds ?? end) is double to)
                ends[ended++] = Math.Max(from, to);
        }
        Array.Resize(ref starts, started);
        Array.Resize(ref ends, ended);
        Array.Sort(starts);
        Array.Sort(ends);
        return new Flights(starts, ends);
    }
}
