namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A statement's way through the warehouse, in instants of the monotonic clock that follow each other.</summary>
/// <param name="Id">Id of the statement.</param>
/// <param name="Version">Which try of the query it is, from 0.</param>
internal sealed record ScriptedStatement(string Id, int Version)
{
    /// <summary>The warehouse gets it.</summary>
    public required long StartsAt { get; init; }

    /// <summary>The warehouse has started; the same as <see cref="StartsAt"/> where it ran.</summary>
    public required long ReadyAt { get; init; }

    /// <summary>It is its turn, and it is compiled; the same as <see cref="ReadyAt"/> where nobody was before it.</summary>
    public required long CompilesFrom { get; init; }

    /// <summary>It is executed.</summary>
    public required long ExecutesFrom { get; init; }

    /// <summary>Its result is fetched.</summary>
    public required long FetchesFrom { get; init; }

    /// <summary>Its result has been fetched; what comes until its end is no part that anybody names.</summary>
    public required long FetchedAt { get; init; }

    /// <summary>It ends.</summary>
    public required long EndsAt { get; init; }

    /// <summary>Genie, which had it run, has put its result into words.</summary>
    public required long AnsweredAt { get; init; }

    public required bool Succeeds { get; init; }

    public required bool IsFromCache { get; init; }

    /// <summary>Whether the query history never shows it.</summary>
    public required bool IsMissing { get; init; }

    public required long ReadBytes { get; init; }

    public required long ReadFiles { get; init; }

    public required long PrunedFiles { get; init; }

    public required long SpilledBytes { get; init; }

    public required long RowsProduced { get; init; }
}
