namespace GenieLoad.Engine.Mlflow;

/// <summary>Something that keeps traces beside runs. What is sent again changes nothing, except where that is said.</summary>
internal interface ITraceStore
{
    /// <summary>Most traces that are linked by one call.</summary>
    const int MostLinks = 100;

    /// <summary>Sends the spans of whole traces; spans with ids that are there take their place.</summary>
    /// <param name="experimentId">Experiment of traces that are new; one that is there stays where it is.</param>
    /// <param name="spans">OTLP's JSON.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="Model.GenieLoadException"><c>TracesNotTaken</c>, or what else went wrong.</exception>
    Task SendAsync(string experimentId, byte[] spans, CancellationToken cancellationToken);

    /// <summary>
    /// Says what spans do not: the run of a trace, its session, its tags. Once only: said again, it would take away what people have added.
    /// </summary>
    Task DescribeAsync(string experimentId, TraceRecord record, CancellationToken cancellationToken);

    /// <summary>Links traces that are there to one more run, at most <see cref="MostLinks"/> at a time.</summary>
    Task LinkAsync(string runId, IReadOnlyList<string> traceIds, CancellationToken cancellationToken);

    /// <summary>The described traces with a tag of this value: the run of each, by the trace's id.</summary>
    Task<IReadOnlyDictionary<string, string?>> FindAsync(
        string experimentId, string tag, string value, CancellationToken cancellationToken);
}
