using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A page of the query history.</summary>
public sealed class QueryHistoryPage
{
    /// <summary>The statements, the newest first.</summary>
    [JsonConverter(typeof(LenientList<QueryInfo>))]
    public List<QueryInfo>? Res { get; init; }

    /// <summary>Another name of the same.</summary>
    [JsonConverter(typeof(LenientList<QueryInfo>))]
    public List<QueryInfo>? Queries { get; init; }

    /// <summary>Whether there is another page.</summary>
    public bool? HasNextPage { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>A statement in the query history.</summary>
public sealed class QueryInfo
{
    /// <summary>Statement.</summary>
    public string? QueryId { get; init; }

    /// <summary>QUEUED, STARTED, COMPILING, COMPILED, RUNNING, FINISHED, FAILED or CANCELED (one L).</summary>
    public string? Status { get; init; }

    /// <summary>Whether nothing of this will change any more. A finished statement can lack its last metrics.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>Sort of statement, such as SELECT.</summary>
    public string? StatementType { get; init; }

    /// <summary>The SQL.</summary>
    public string? QueryText { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>When the warehouse got it, epoch milliseconds.</summary>
    public long? QueryStartTimeMs { get; init; }

    /// <summary>When its execution ended, epoch milliseconds.</summary>
    public long? ExecutionEndTimeMs { get; init; }

    /// <summary>When its result had been fetched, epoch milliseconds.</summary>
    public long? QueryEndTimeMs { get; init; }

    /// <summary>Rows of its result.</summary>
    public long? RowsProduced { get; init; }

    /// <summary>Warehouse.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>Older name of the warehouse.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Who had it run, such as <c>Databricks SQL Genie Space</c>.</summary>
    public string? ClientApplication { get; init; }

    /// <summary>The statement whose result was taken from the cache.</summary>
    public string? CacheQueryId { get; init; }

    /// <summary>What it took.</summary>
    [JsonConverter(typeof(LenientObject<QueryMetrics>))]
    public QueryMetrics? Metrics { get; init; }

    /// <summary>
    /// Whether its times are the last word. Where the service does not say, a statement that has ended and has its times counts as such.
    /// </summary>
    [JsonIgnore]
    public bool IsSettled => QueryStartTimeMs is not null && QueryEndTimeMs is not null
        && (IsFinal ?? (Status is "FINISHED" or "FAILED" or "CANCELED" && Metrics?.CompilationTimeMs is not null));
}

/// <summary>What a statement took; all times in milliseconds.</summary>
public sealed class QueryMetrics
{
    /// <summary>From start to end, as its client sees it.</summary>
    public long? TotalTimeMs { get; init; }

    /// <summary>Compiling.</summary>
    public long? CompilationTimeMs { get; init; }

    /// <summary>Executing.</summary>
    public long? ExecutionTimeMs { get; init; }

    /// <summary>Fetching the result.</summary>
    public long? ResultFetchTimeMs { get; init; }

    /// <summary>Executing, over all cores.</summary>
    public long? TaskTotalTimeMs { get; init; }

    /// <summary>The same in Photon.</summary>
    public long? PhotonTotalTimeMs { get; init; }

    /// <summary>When it was compiled, epoch milliseconds.</summary>
    public long? QueryCompilationStartTimestamp { get; init; }

    /// <summary>When it began to wait in a full warehouse, epoch milliseconds; absent where it did not.</summary>
    public long? OverloadingQueueStartTimestamp { get; init; }

    /// <summary>When it began to wait for the warehouse's start, epoch milliseconds; absent where it did not.</summary>
    public long? ProvisioningQueueStartTimestamp { get; init; }

    /// <summary>Bytes read.</summary>
    public long? ReadBytes { get; init; }

    /// <summary>Bytes of them read from a cache on the cluster.</summary>
    public long? ReadCacheBytes { get; init; }

    /// <summary>Files read.</summary>
    public long? ReadFilesCount { get; init; }

    /// <summary>Files that it did not have to read.</summary>
    public long? PrunedFilesCount { get; init; }

    /// <summary>Rows read.</summary>
    public long? RowsReadCount { get; init; }

    /// <summary>Rows of its result.</summary>
    public long? RowsProducedCount { get; init; }

    /// <summary>Whether its result came from the result cache.</summary>
    public bool? ResultFromCache { get; init; }

    /// <summary>Bytes written to disk for lack of memory.</summary>
    public long? SpillToDiskBytes { get; init; }
}
