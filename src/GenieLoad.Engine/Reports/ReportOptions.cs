namespace GenieLoad.Engine.Reports;

/// <summary>What a report is to hold beside the run.</summary>
public sealed record ReportOptions
{
    /// <summary>Thresholds that the run is held against, as written; those that it was started with when there are none.</summary>
    public IReadOnlyCollection<string> Thresholds { get; init; } = [];

    /// <summary>Whether traces hold questions, answers, queries and error texts. The other formats always do.</summary>
    public bool IncludeText { get; init; }
}
