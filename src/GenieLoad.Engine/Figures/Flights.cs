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
    public static Flights Of(IEnumerable<QuestionResult> rows, double? end)
    {
        List<double> starts = [];
        List<double> ends = [];
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is not double started)
                continue;
            starts.Add(started);
            if ((row.CompletedOffsetSeconds ?? end) is double ended)
                ends.Add(Math.Max(started, ended));
        }
        starts.Sort();
        ends.Sort();
        return new Flights([.. starts], [.. ends]);
    }
}
