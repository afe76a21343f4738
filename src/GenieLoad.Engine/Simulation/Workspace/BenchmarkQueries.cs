using GenieLoad.Engine.Simulation.Billing;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Runs the expected SQL of benchmarks, which says in other words what Genie's own queries say.</summary>
internal sealed class BenchmarkQueries(SimulatorOptions options, StatementWire wire, IReadOnlyList<SimulatedSpace> spaces)
{
    // Those of 1,000 spaces are made only where somebody runs one.
    private readonly Lazy<Dictionary<string, SimulatedTexts.Topic>> _topics = new(() =>
    {
        Dictionary<string, SimulatedTexts.Topic> topics = new(StringComparer.Ordinal);
        foreach (SimulatedBenchmark benchmark in spaces.SelectMany(space => space.Content.Benchmarks))
            topics[benchmark.Sql.Trim()] = benchmark.Topic;
        return topics;
    });

    /// <summary>The result of a statement; <see langword="null"/> where it is no benchmark's.</summary>
    /// <param name="statement">Its text.</param>
    /// <param name="rowLimit">Most rows.</param>
    /// <param name="doneAt">When it is done.</param>
    public SqlResult? Run(string statement, int rowLimit, long doneAt)
    {
        if (!_topics.Value.TryGetValue(statement.Trim(), out SimulatedTexts.Topic? topic))
            return null;
        bool hasChanged = wire.HasChanged(doneAt);
        int count = Math.Min(options.ResultRowCount, rowLimit);
        return new SqlResult(
            [topic.Dimension, "total", "n"],
            [.. Enumerable.Range(0, count).Select(row => SimulatedRows.Row(row, options.ResultRowCount, null, hasChanged))])
        {
            Types = [.. SimulatedRows.Columns(topic).Select(column => column.Type)],
            IsCut = options.ResultRowCount > rowLimit,
        };
    }
}
