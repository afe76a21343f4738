using System.Globalization;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// What the warehouses of a run consumed for it, from its statements. What is not known stays unknown: a statement of which nobody knows
/// the times takes the upper bound away, and leaves the lower one.
/// </summary>
internal sealed class RunWarehouseUse
{
    private readonly List<string> _reasons = [];

    /// <summary>Statements whose times are known; <see langword="null"/> where nobody has asked the query history.</summary>
    public int? StatementCount { get; private init; }

    /// <summary>Sizes of the warehouses.</summary>
    public string? Sizes { get; private init; }

    /// <summary>As <see cref="WarehouseUse.StatementSeconds"/>, over all warehouses.</summary>
    public double? StatementSeconds { get; private init; }

    /// <summary>As <see cref="WarehouseUse.AwakeSeconds"/>, over all warehouses.</summary>
    public double? AwakeSeconds { get; private init; }

    /// <summary>DBU at least.</summary>
    public double? LowerDbu { get; private init; }

    /// <summary>DBU at most.</summary>
    public double? UpperDbu { get; private init; }

    /// <summary>What is missing, in sentences.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>Works it out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="records">What the query history said; <see langword="null"/> where nobody has asked it.</param>
    public static RunWarehouseUse Of(LoadRun run, IReadOnlyCollection<StatementRecord>? records)
    {
        string? sizes = Joined(run.Connections.Select(connection => connection.WarehouseSize));
        if (records is null)
        {
            var none = new RunWarehouseUse { Sizes = sizes };
            none._reasons.Add(run.RunPath is null
                ? "The warehouse's share is not known: the run is in no folder that could hold its statements."
                : $"The warehouse's share is not known: read the statements with Update-GenieRun {run.RunId} -Statement.");
            return none;
        }
        StatementRecord[] timed = [.. records.Where(record => record.StartMs is not null && record.EndMs is not null)];
        (WarehouseSpec Spec, WarehouseUse Use)[] uses =
        [
            .. timed.GroupBy(record => record.WarehouseId).Select(group => (SpecOf(run, group.Key), group))
                .Select(one => (one.Item1, new WarehouseUse(one.Item1, OnWarehouse(one.group), Whole(one.group)))),
        ];
        string[] missing = [.. Missing(run, records, records.Count - timed.Length)];
        string? unbounded = uses.Select(one => one.Spec.WhyUnbounded()).FirstOrDefault(reason => reason is not null);
        bool isBounded = missing.Length == 0 && unbounded is null;
        var made = new RunWarehouseUse
        {
            StatementCount = timed.Length,
            Sizes = sizes,
            StatementSeconds = uses.Sum(one => one.Use.StatementSeconds),
            AwakeSeconds = isBounded ? Sum(uses, use => use.AwakeSeconds) : null,
            LowerDbu = Sum(uses, use => use.LowerDbu),
            UpperDbu = isBounded ? Sum(uses, use => use.UpperDbu) : null,
        };
        made._reasons.AddRange(missing);
        if (unbounded is not null)
            made._reasons.Add($"No upper bound for the warehouse: {unbounded}.");
        return made;
    }

    /// <summary>Why statements are not known that the warehouse may have run for the test.</summary>
    private static IEnumerable<string> Missing(LoadRun run, IReadOnlyCollection<StatementRecord> records, int untimed)
    {
        HashSet<string> known = [.. records.Select(record => record.StatementId)];
        int unread = untimed + run.Results.SelectMany(SeenStatements.Of).Distinct().Count(id => !known.Contains(id));
        if (unread > 0)
        {
            yield return Text($"No upper bound for the warehouse: {unread} {(unread == 1 ? "statement is" : "statements are")} not known; ")
                + $"Update-GenieRun {run.RunId} -Statement asks again.";
        }
        int unnamed = run.Results.Sum(SeenStatements.UnnamedOf);
        if (unnamed > 0)
        {
            yield return Text($"No upper bound for the warehouse: agent mode did not name {unnamed} ")
                + (unnamed == 1 ? "statement that it ran." : "statements that it ran.");
        }
        // What nobody waited for may have run on.
        int open = run.Results.Count(row => RecordedSends.MostAccepted(row, sendsAmbiguousAgain: false) > 0
            && row.Outcome is Outcome.Interrupted or Outcome.TimedOut or Outcome.Ambiguous or Outcome.Unreachable);
        if (open > 0)
        {
            yield return Text($"No upper bound for the warehouse: nobody saw the end of {open} {(open == 1 ? "question" : "questions")}, ")
                + "which may have run statements later.";
        }
    }

    private static WarehouseSpec SpecOf(LoadRun run, string? warehouseId)
    {
        RunConnection? named = run.Connections.FirstOrDefault(connection => connection.WarehouseId is string id && id == warehouseId)
            ?? (warehouseId is null && run.Connections is [var only] ? only : null);
        return named is null ? WarehouseSpec.Unknown : WarehouseSpec.Of(named);
    }

    private static (long From, long To)[] Whole(IEnumerable<StatementRecord> records) =>
        [.. records.Select(record => (record.StartMs!.Value, record.EndMs!.Value))];

    /// <summary>The time on a running warehouse: one that had to start first did not run yet, and one that never began has none.</summary>
    private static (long From, long To)[] OnWarehouse(IEnumerable<StatementRecord> records) =>
    [
        .. records.Where(record => RunsFrom(record) is not null).Select(record => (RunsFrom(record)!.Value, record.EndMs!.Value)),
    ];

    private static long? RunsFrom(StatementRecord record) => record.ProvisioningQueueStartMs is null
        ? record.StartMs
        : record.OverloadingQueueStartMs ?? record.CompilationStartMs;

    private static double? Sum((WarehouseSpec Spec, WarehouseUse Use)[] uses, Func<WarehouseUse, double?> figure) =>
        Array.TrueForAll(uses, one => figure(one.Use) is not null) ? uses.Sum(one => figure(one.Use)) : null;

    private static string? Joined(IEnumerable<string?> sizes) =>
        string.Join(", ", sizes.OfType<string>().Distinct()) is { Length: > 0 } text ? text : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
