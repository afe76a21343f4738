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
        new("Agent thinking", "thinking", row => row.ThinkingSeconds ?? 0),
        new("Agent's SQL", "sql", row => row.SqlSeconds ?? 0),
        new("Agent writing", "writing", row => row.WritingSeconds ?? 0),
        new("Detecting and reading the answer", "read", row => (row.DetectionSeconds ?? 0) + (row.FetchSeconds ?? 0)),
        new("Other or unknown", "other", Rest),
    ];

    /// <summary>The parts of the time on the server, as the query history tells them, and the time until a poll saw the end.</summary>
    public static IReadOnlyList<TimePart> OnServer { get; } =
    [
        new("Model", "model", row => row.ModelBeforeSeconds ?? 0),
        new("Warehouse starting", "warehouse", row => row.WarehouseStartSeconds ?? 0),
        new("Warehouse full", "wait", row => row.WarehouseQueueSeconds ?? 0),
        new("Compiling", "context", row => row.CompileSeconds ?? 0),
        new("Executing", "query", row => row.ExecuteSeconds ?? 0),
        new("Fetching the result", "accept", row => row.ResultFetchSeconds ?? 0),
        new("Answer in words", "read", row => row.ModelAfterSeconds ?? 0),
        // Below 0 where statements ran side by side: a bar has no room for that.
        new("Not explained", "other", row => Math.Max(0, row.StatementResidualSeconds ?? 0)),
        new("Not yet seen by a poll", "throttle", row => row.DetectionSeconds ?? 0),
    ];

    private static double Rest(QuestionResult row)
    {
        double known = 0;
        for (int part = 0; part < All.Count - 1; part++)
            known += All[part].Of(row);
        return Math.Max(0, (row.ResponseSeconds ?? 0) - known);
    }
}
