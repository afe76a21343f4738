using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>Draws what will happen to each statement, and sends it through the warehouse.</summary>
internal sealed class StatementWriter(SimulatorOptions options, Warehouse warehouse)
{
    private const double CachedShareOfTime = 0.1;
    private const long LargestFile = 64L << 20;
    private const int SpillsOneIn = 20;

    /// <summary>The script of a statement.</summary>
    /// <param name="id">Its id. What is drawn depends on it alone, so that no other draw of the message is shifted.</param>
    /// <param name="version">Which try of the query it is.</param>
    /// <param name="known">Instant at which Genie has written it.</param>
    /// <param name="pendingTicks">Ticks that Genie takes to hand it to a warehouse that runs.</param>
    /// <param name="runningTicks">Ticks that it takes to run, and Genie to put its result into words.</param>
    /// <param name="succeeds">Whether it does.</param>
    /// <param name="acceptedAt">Instant before which no further statement can begin.</param>
    public ScriptedStatement Write(
        string id, int version, long known, long pendingTicks, long runningTicks, bool succeeds, long acceptedAt)
    {
        SeededRandom random = SeededRandom.For(options.Seed, "statement", unchecked((long)QuestionKeys.Hash(id)));
        bool isMissing = random.NextDouble() < options.HistoryMissingShare;
        bool isFromCache = random.NextDouble() < options.CachedResultShare && succeeds;
        double words = 0.1 + (0.1 * random.NextDouble());
        double compile = 0.1 + (0.15 * random.NextDouble());
        double fetch = succeeds ? 0.03 + (0.05 * random.NextDouble()) : 0;
        double rest = 0.01 + (0.02 * random.NextDouble());
        long whole = isFromCache ? (long)(runningTicks * CachedShareOfTime) : runningTicks;
        long occupied = whole - (long)(whole * words);
        long startsAt = known + pendingTicks;
        WarehouseTurn turn = warehouse.Take(known, startsAt, occupied, acceptedAt);
        long endsAt = turn.StartsAt + occupied;
        long fetchedAt = endsAt - (long)(whole * rest);
        long fetchesFrom = fetchedAt - (long)(whole * fetch);
        long files = 1 + random.NextInt32(200);
        long pruned = random.NextInt32((int)files);
        long bytesPerFile = (long)(random.NextDouble() * LargestFile);
        bool spills = random.NextInt32(SpillsOneIn) == 0;
        return new ScriptedStatement(id, version)
        {
            StartsAt = startsAt,
            ReadyAt = turn.ReadyAt,
            CompilesFrom = turn.StartsAt,
            ExecutesFrom = isFromCache ? fetchesFrom : turn.StartsAt + (long)(whole * compile),
            FetchesFrom = fetchesFrom,
            FetchedAt = fetchedAt,
            EndsAt = endsAt,
            AnsweredAt = turn.StartsAt + whole,
            Succeeds = succeeds,
            IsFromCache = isFromCache,
            IsMissing = isMissing,
            ReadFiles = isFromCache ? 0 : files - pruned,
            PrunedFiles = isFromCache ? 0 : pruned,
            ReadBytes = isFromCache ? 0 : (files - pruned) * bytesPerFile,
            SpilledBytes = spills && !isFromCache ? bytesPerFile : 0,
            RowsProduced = succeeds ? options.ResultRowCount : 0,
        };
    }
}
