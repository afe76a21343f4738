using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A part of the response time as a report shows it: parts that few tell apart are together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CssClass">Its colour.</param>
/// <param name="Of">Its seconds in a row.</param>
internal sealed record TimePart(string Name, string CssClass, Func<QuestionResult, double> Of)
{
    /// <summary>All parts in the order in which they come; together they are the response time.</summary>
    public static IReadOnlyList<TimePart> All { get; } =
    [
        new("Waiting to be sent", "wait", row => (row.LagSeconds ?? 0) + (row.WaitSeconds ?? 0)),
        new("Rate limit (429)", "throttle", row => row.ThrottleSeconds),
        new("Faults", "fault", row => row.FaultSeconds),
        new("Being accepted", "accept", row => (row.SubmitSeconds ?? 0) + (row.SubmittedSeconds ?? 0)),
        new("Metadata and context", "context", row => (row.FetchingMetadataSeconds ?? 0) + (row.FilteringContextSeconds ?? 0)),
        new("Model", "model", row => row.AskingAiSeconds ?? 0),
        new("Waiting for the warehouse", "warehouse", row => row.PendingWarehouseSeconds ?? 0),
        new("Query", "query", row => row.ExecutingQuerySeconds ?? 0),
        new("Detecting and reading the answer", "read", row => (row.DetectionSeconds ?? 0) + (row.FetchSeconds ?? 0)),
        new("Other or unknown", "other", Rest),
    ];

    private static double Rest(QuestionResult row) =>
        Math.Max(0, (row.ResponseSeconds ?? 0) - All.Take(All.Count - 1).Sum(part => part.Of(row)));
}
