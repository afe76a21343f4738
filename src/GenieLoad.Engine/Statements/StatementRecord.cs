using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Statements;

/// <summary>
/// One line of <c>statements.jsonl</c>: a statement of a question, and what the query history says of it. Stamps are milliseconds since
/// 1970, times are milliseconds.
/// </summary>
internal sealed record StatementRecord
{
    // Of our own making; the rest is the service's.
    private static readonly RedactedRecord<StatementRecord> Texts = new(nameof(State));

    // The year 9000 in milliseconds, and far more than anything takes or reads.
    private const long LatestStamp = 221_845_392_000_000;
    private const long MostMilliseconds = 1_000_000_000_000;
    private const long MostAmount = 10_000_000_000_000_000;

    /// <summary>Place of its question in the plan, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Its id.</summary>
    public required string StatementId { get; init; }

    /// <summary>What is known of it, one of <see cref="StatementState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why no more is known, in the service's words.</summary>
    public string? Reason { get; init; }

    /// <summary>As <see cref="QueryInfo.Status"/>.</summary>
    public string? Status { get; init; }

    /// <summary>As <see cref="QueryInfo.StatementType"/>.</summary>
    public string? StatementType { get; init; }

    /// <summary>Its warehouse.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>As <see cref="QueryInfo.ClientApplication"/>.</summary>
    public string? ClientApplication { get; init; }

    /// <summary>As <see cref="QueryInfo.QueryStartTimeMs"/>.</summary>
    public long? StartMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.ProvisioningQueueStartTimestamp"/>.</summary>
    public long? ProvisioningQueueStartMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.OverloadingQueueStartTimestamp"/>.</summary>
    public long? OverloadingQueueStartMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.QueryCompilationStartTimestamp"/>.</summary>
    public long? CompilationStartMs { get; init; }

    /// <summary>As <see cref="QueryInfo.ExecutionEndTimeMs"/>.</summary>
    public long? ExecutionEndMs { get; init; }

    /// <summary>As <see cref="QueryInfo.QueryEndTimeMs"/>.</summary>
    public long? EndMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.TotalTimeMs"/>.</summary>
    public long? TotalMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.CompilationTimeMs"/>.</summary>
    public long? CompilationMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.ExecutionTimeMs"/>.</summary>
    public long? ExecutionMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.ResultFetchTimeMs"/>.</summary>
    public long? ResultFetchMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.TaskTotalTimeMs"/>.</summary>
    public long? TaskTotalMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.PhotonTotalTimeMs"/>.</summary>
    public long? PhotonTotalMs { get; init; }

    /// <summary>As <see cref="QueryMetrics.ReadBytes"/>.</summary>
    public long? ReadBytes { get; init; }

    /// <summary>As <see cref="QueryMetrics.ReadCacheBytes"/>.</summary>
    public long? ReadCacheBytes { get; init; }

    /// <summary>As <see cref="QueryMetrics.ReadFilesCount"/>.</summary>
    public long? ReadFiles { get; init; }

    /// <summary>As <see cref="QueryMetrics.PrunedFilesCount"/>.</summary>
    public long? PrunedFiles { get; init; }

    /// <summary>As <see cref="QueryMetrics.SpillToDiskBytes"/>.</summary>
    public long? SpilledBytes { get; init; }

    /// <summary>As <see cref="QueryMetrics.RowsReadCount"/>.</summary>
    public long? RowsRead { get; init; }

    /// <summary>As <see cref="QueryMetrics.RowsProducedCount"/>.</summary>
    public long? RowsProduced { get; init; }

    /// <summary>As <see cref="QueryMetrics.ResultFromCache"/>.</summary>
    public bool? ResultFromCache { get; init; }

    /// <summary>As <see cref="QueryInfo.CacheQueryId"/>.</summary>
    public string? CacheQueryId { get; init; }

    /// <summary>The SQL.</summary>
    public string? QueryText { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>A statement as the query history shows it, without secrets.</summary>
    /// <param name="index">Place of its question in the plan.</param>
    /// <param name="id">Its id.</param>
    /// <param name="info">What the query history says.</param>
    public static StatementRecord Of(int index, string id, QueryInfo info)
    {
        QueryMetrics metrics = info.Metrics ?? new QueryMetrics();
        var record = new StatementRecord
        {
            Index = index,
            StatementId = id,
            State = info.IsSettled ? StatementState.Known : StatementState.NotFinal,
            Status = info.Status,
            StatementType = info.StatementType,
            WarehouseId = info.WarehouseId ?? info.EndpointId,
            ClientApplication = info.ClientApplication,
            StartMs = info.QueryStartTimeMs,
            ProvisioningQueueStartMs = metrics.ProvisioningQueueStartTimestamp,
            OverloadingQueueStartMs = metrics.OverloadingQueueStartTimestamp,
            CompilationStartMs = metrics.QueryCompilationStartTimestamp,
            ExecutionEndMs = info.ExecutionEndTimeMs,
            EndMs = info.QueryEndTimeMs,
            TotalMs = metrics.TotalTimeMs,
            CompilationMs = metrics.CompilationTimeMs,
            ExecutionMs = metrics.ExecutionTimeMs,
            ResultFetchMs = metrics.ResultFetchTimeMs,
            TaskTotalMs = metrics.TaskTotalTimeMs,
            PhotonTotalMs = metrics.PhotonTotalTimeMs,
            ReadBytes = metrics.ReadBytes,
            ReadCacheBytes = metrics.ReadCacheBytes,
            ReadFiles = metrics.ReadFilesCount,
            PrunedFiles = metrics.PrunedFilesCount,
            SpilledBytes = metrics.SpillToDiskBytes,
            RowsRead = metrics.RowsReadCount,
            RowsProduced = metrics.RowsProducedCount ?? info.RowsProduced,
            ResultFromCache = metrics.ResultFromCache,
            CacheQueryId = info.CacheQueryId,
            QueryText = info.QueryText,
            ErrorMessage = info.ErrorMessage,
        };
        return Redact(record.IsSound() ? record : record.Without());
    }

    /// <summary>The record without secrets: made, or read from a file.</summary>
    /// <param name="made">A record that nobody else has seen yet.</param>
    public static StatementRecord Redact(StatementRecord made) => Texts.Redact(made);

    /// <summary>Whether its stamps and times can be such: the service and files may say anything.</summary>
    public bool IsSound() =>
        StatementId is not null && StatementState.All.Contains(State)
        && Stamps.All(stamp => stamp is null or (>= 0 and <= LatestStamp))
        && Times.All(time => time is null or (>= 0 and <= MostMilliseconds))
        && Amounts.All(amount => amount is null or (>= 0 and <= MostAmount));

    /// <summary>The record without what people asked and were told.</summary>
    public StatementRecord WithoutTexts() => this with { QueryText = null, ErrorMessage = null };

    private long?[] Stamps =>
        [StartMs, ProvisioningQueueStartMs, OverloadingQueueStartMs, CompilationStartMs, ExecutionEndMs, EndMs];

    private long?[] Times => [TotalMs, CompilationMs, ExecutionMs, ResultFetchMs, TaskTotalMs, PhotonTotalMs];

    private long?[] Amounts => [ReadBytes, ReadCacheBytes, ReadFiles, PrunedFiles, SpilledBytes, RowsRead, RowsProduced];

    private StatementRecord Without() => new()
    {
        Index = Index, StatementId = StatementId, State = StatementState.NotFinal, Status = Status,
        Reason = "The query history names times that cannot be any.",
    };
}
