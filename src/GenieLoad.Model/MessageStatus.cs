namespace GenieLoad.Model;

/// <summary>The values of a message's status that mean something to GenieLoad. The set is open.</summary>
public static class MessageStatus
{
    /// <summary>Accepted, not started.</summary>
    public const string Submitted = "SUBMITTED";

    /// <summary>Reading metadata of the data sources.</summary>
    public const string FetchingMetadata = "FETCHING_METADATA";

    /// <summary>Picking relevant context.</summary>
    public const string FilteringContext = "FILTERING_CONTEXT";

    /// <summary>Waiting for the model.</summary>
    public const string AskingAi = "ASKING_AI";

    /// <summary>SQL ready, warehouse not yet.</summary>
    public const string PendingWarehouse = "PENDING_WAREHOUSE";

    /// <summary>SQL running.</summary>
    public const string ExecutingQuery = "EXECUTING_QUERY";

    /// <summary>Done.</summary>
    public const string Completed = "COMPLETED";

    /// <summary>Failed.</summary>
    public const string Failed = "FAILED";

    /// <summary>Cancelled; Genie spells it with two L, SQL statements with one.</summary>
    public const string Cancelled = "CANCELLED";

    /// <summary>It had succeeded, and its result has aged out.</summary>
    public const string QueryResultExpired = "QUERY_RESULT_EXPIRED";

    /// <summary>Whether nothing more will happen. Anything else, known or not, goes on.</summary>
    /// <param name="status">A status.</param>
    public static bool IsTerminal(string? status) => status is Completed or Failed or Cancelled or QueryResultExpired;
}
