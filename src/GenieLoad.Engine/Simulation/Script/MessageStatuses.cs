namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The statuses of a message, as on the wire.</summary>
internal static class MessageStatuses
{
    public const string Submitted = "SUBMITTED";
    public const string FetchingMetadata = "FETCHING_METADATA";
    public const string FilteringContext = "FILTERING_CONTEXT";
    public const string AskingAi = "ASKING_AI";
    public const string PendingWarehouse = "PENDING_WAREHOUSE";
    public const string ExecutingQuery = "EXECUTING_QUERY";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
    public const string Cancelled = "CANCELLED";
    public const string Expired = "QUERY_RESULT_EXPIRED";
}
