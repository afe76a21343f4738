namespace GenieLoad.Engine.Simulation.Records;

/// <summary>The truth about one statement, as a simulator knows it; maybe still to come.</summary>
public sealed class SimulatedStatement
{
    /// <summary>Id of the statement.</summary>
    public required string StatementId { get; init; }

    /// <summary>Id of the message that it was run for.</summary>
    public required string MessageId { get; init; }

    /// <summary>Instant at which the warehouse got it.</summary>
    public required SimulatedInstant StartedAt { get; init; }

    /// <summary>Instant of its end: its parts lie between, in the order of their properties and without gaps.</summary>
    public required SimulatedInstant EndedAt { get; init; }

    /// <summary>Seconds for which it waited until the warehouse ran.</summary>
    public required double WarehouseStartSeconds { get; init; }

    /// <summary>Seconds for which it waited while other statements took all places of the warehouse.</summary>
    public required double WarehouseQueueSeconds { get; init; }

    /// <summary>Seconds to compile it.</summary>
    public required double CompileSeconds { get; init; }

    /// <summary>Seconds to execute it.</summary>
    public required double ExecuteSeconds { get; init; }

    /// <summary>Seconds to fetch its result.</summary>
    public required double ResultFetchSeconds { get; init; }

    /// <summary>Seconds after it until its end, which the query history names nothing for.</summary>
    public required double UnnamedSeconds { get; init; }

    /// <summary>Whether it succeeds.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Whether its result came from the result cache.</summary>
    public required bool FromResultCache { get; init; }

    /// <summary>Whether the query history never shows it.</summary>
    public required bool IsMissing { get; init; }

    /// <summary>Bytes read.</summary>
    public required long ReadBytes { get; init; }

    /// <summary>Files read.</summary>
    public required long ReadFiles { get; init; }

    /// <summary>Files that it did not have to read.</summary>
    public required long PrunedFiles { get; init; }

    /// <summary>Bytes written to disk for lack of memory.</summary>
    public required long SpilledBytes { get; init; }

    /// <summary>Rows of its result.</summary>
    public required long RowsProduced { get; init; }
}
