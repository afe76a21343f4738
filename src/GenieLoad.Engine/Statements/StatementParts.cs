using GenieLoad.Model;

namespace GenieLoad.Engine.Statements;

/// <summary>
/// Where the time of an answer went, from the service's own stamps: those of the message and those of its statements. Both are of one
/// clock, so nothing depends on ours. A part that a statement does not tell is unknown for the whole answer.
/// </summary>
internal static class StatementParts
{
    // The least that is known comes first.
    private static readonly string[] FromLeast =
    [
        StatementState.Refused, StatementState.Unreachable, StatementState.NotFound, StatementState.NotFinal, StatementState.Known,
    ];

    // No question is open for so long: stamps so far apart are none.
    private const long LongestMilliseconds = 30L * 86_400 * 1000;

    /// <summary>A row with what is known of its statements.</summary>
    /// <param name="row">The row.</param>
    /// <param name="records">What is known of statements of the run, by id.</param>
    public static QuestionResult Add(QuestionResult row, IReadOnlyDictionary<string, StatementRecord> records)
    {
        IReadOnlyList<string> ids = SeenStatements.Of(row);
        if (SeenStatements.UnnamedOf(row) > 0)
            return row with { StatementState = StatementState.Unnamed };
        if (ids.Count == 0)
        {
            // One that never got a message has no statement to speak of.
            return row.MessageId is null ? row : row with { StatementState = StatementState.NoStatement, StatementCount = 0 };
        }
        StatementRecord[] found = [.. ids.Select(id => records.GetValueOrDefault(id)).OfType<StatementRecord>()];
        // Nobody has asked for some of them yet.
        if (found.Length < ids.Count)
            return row;
        string state = FromLeast.First(state => found.Any(record => record.State == state));
        row = row with { StatementState = state, StatementCount = ids.Count };
        return state == StatementState.Known ? WithParts(row, found) : row;
    }

    private static QuestionResult WithParts(QuestionResult row, StatementRecord[] found)
    {
        long? created = Milliseconds(row.ServerCreatedAt);
        long? updated = Milliseconds(row.ServerUpdatedAt);
        // A query that was run again after the answer is no part of it.
        StatementRecord[] own = [.. found.Where(record => !(record.StartMs >= updated)).OrderBy(record => record.StartMs)];
        if (own.Length == 0)
            return row;
        (long gaps, long union, long end) = Walk(own, created);
        if (gaps > LongestMilliseconds || union > LongestMilliseconds || end - updated > LongestMilliseconds)
            return row;
        double? start = Sum(own, StartWait);
        double? queue = Sum(own, QueueWait);
        double? compile = Sum(own, record => record.CompilationMs);
        double? execute = Sum(own, record => record.ExecutionMs);
        double? fetch = Sum(own, record => record.ResultFetchMs);
        double? before = created is null ? null : gaps / 1000.0;
        double? after = updated is long last ? Math.Max(0, last - end) / 1000.0 : null;
        double? whole = (updated - created) / 1000.0;
        long? read = Total(own, record => record.ReadFiles);
        long? pruned = Total(own, record => record.PrunedFiles);
        return row with
        {
            StatementSeconds = union / 1000.0,
            ModelBeforeSeconds = before,
            WarehouseStartSeconds = start,
            WarehouseQueueSeconds = queue,
            CompileSeconds = compile,
            ExecuteSeconds = execute,
            ResultFetchSeconds = fetch,
            ModelAfterSeconds = after,
            StatementResidualSeconds = Rounded(whole - before - start - queue - compile - execute - fetch - after),
            FromResultCache = own.All(record => record.ResultFromCache is not null)
                ? own.All(record => record.ResultFromCache == true)
                : null,
            ReadBytes = Total(own, record => record.ReadBytes),
            PrunedShare = read + pruned > 0 ? (double)pruned!.Value / (read!.Value + pruned.Value) : null,
            SpilledBytes = Total(own, record => record.SpilledBytes),
            RowsProduced = Total(own, record => record.RowsProduced),
        };
    }

    /// <summary>Milliseconds without a statement before and between them, with at least one, and the end of the last.</summary>
    private static (long Gaps, long Union, long End) Walk(StatementRecord[] byStart, long? created)
    {
        long end = created ?? byStart[0].StartMs!.Value;
        long busyUntil = long.MinValue;
        long gaps = 0;
        long union = 0;
        foreach (StatementRecord record in byStart)
        {
            gaps += Math.Max(0, record.StartMs!.Value - end);
            union += Math.Max(0, record.EndMs!.Value - Math.Max(record.StartMs.Value, busyUntil));
            busyUntil = Math.Max(busyUntil, record.EndMs.Value);
            end = Math.Max(end, record.EndMs.Value);
        }
        return (gaps, union, end);
    }

    /// <summary>Milliseconds until the warehouse ran; 0 where it did, unknown where it never came to that.</summary>
    private static long? StartWait(StatementRecord record) => record.ProvisioningQueueStartMs is not long from
        ? 0
        : Least(record.OverloadingQueueStartMs ?? record.CompilationStartMs, from);

    /// <summary>Milliseconds until it was its turn; 0 where the warehouse was not full, unknown where it never came to that.</summary>
    private static long? QueueWait(StatementRecord record) => record.OverloadingQueueStartMs is not long from
        ? 0
        : Least(record.CompilationStartMs, from);

    private static long? Least(long? to, long from) => to is long end ? Math.Max(0, end - from) : null;

    private static double? Sum(StatementRecord[] records, Func<StatementRecord, long?> milliseconds) =>
        Total(records, milliseconds) / 1000.0;

    private static long? Total(StatementRecord[] records, Func<StatementRecord, long?> amount) =>
        Array.TrueForAll(records, record => amount(record) is not null) ? records.Sum(amount) : null;

    // All of it is whole milliseconds.
    private static double? Rounded(double? seconds) => seconds is double value ? Math.Round(value, 3) : null;

    private static long? Milliseconds(DateTime? instant) =>
        instant is DateTime at ? (at.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond : null;
}
