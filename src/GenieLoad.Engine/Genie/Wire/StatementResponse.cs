using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A statement's state and result, as the SQL Statement Execution API gives it.</summary>
public sealed class StatementResponse
{
    /// <summary>Statement; can differ from the attachment's.</summary>
    public string? StatementId { get; init; }

    /// <summary>State.</summary>
    [JsonConverter(typeof(LenientObject<StatementStatus>))]
    public StatementStatus? Status { get; init; }

    /// <summary>Size and parts of the result.</summary>
    [JsonConverter(typeof(LenientObject<ResultManifest>))]
    public ResultManifest? Manifest { get; init; }

    /// <summary>First part of the result.</summary>
    [JsonConverter(typeof(LenientObject<ResultChunk>))]
    public ResultChunk? Result { get; init; }
}

/// <summary>Answer of query-result and execute-query.</summary>
public sealed class QueryResultAnswer
{
    /// <summary>The statement.</summary>
    [JsonConverter(typeof(LenientObject<StatementResponse>))]
    public StatementResponse? StatementResponse { get; init; }
}

/// <summary>State of a statement.</summary>
public sealed class StatementStatus
{
    /// <summary>PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED (one L) or CLOSED.</summary>
    public string? State { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonConverter(typeof(LenientObject<StatementError>))]
    public StatementError? Error { get; init; }

    /// <summary>Whether it is still to come; unknown states are not.</summary>
    public bool IsInProgress => State is "PENDING" or "RUNNING";

    /// <summary>Whether it ended without a result.</summary>
    public bool IsFailed => State is "FAILED" or "CANCELED" or "CLOSED";
}

/// <summary>Why a statement failed.</summary>
public sealed class StatementError
{
    /// <summary>Code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>In words.</summary>
    public string? Message { get; init; }
}

/// <summary>Size and parts of a result.</summary>
public sealed class ResultManifest
{
    /// <summary>Parts.</summary>
    public int? TotalChunkCount { get; init; }

    /// <summary>Rows in all parts.</summary>
    public long? TotalRowCount { get; init; }

    /// <summary>Whether it was cut; false for one that merely has several parts.</summary>
    public bool? Truncated { get; init; }
}

/// <summary>A part of a result. The rows themselves are not read: only their number counts here.</summary>
public sealed class ResultChunk
{
    /// <summary>Number of the part, from 0.</summary>
    public int? ChunkIndex { get; init; }

    /// <summary>Rows in this part.</summary>
    public long? RowCount { get; init; }

    /// <summary>Number of the next part; none after the last.</summary>
    public int? NextChunkIndex { get; init; }
}
