using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>What rows say of an answer's parts, beside what really happened in the simulator.</summary>
public sealed class StatementTruthTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Each_part_is_within_a_millisecond_of_the_truth_and_they_add_up(int seed)
    {
        var random = new Random(seed);
        using var space = new StatementSpace(new SimulatorOptions
        {
            Seed = seed, CallSeconds = 0.1, RegenerateShare = 0.3, FailedShare = 0.1, TextOnlyShare = 0.1, ExpiredShare = 0.05,
            CachedResultShare = 0.2, HistoryLagSeconds = 30 * random.NextDouble(),
            WarehouseSlots = random.Next(3) == 0 ? null : 1 + random.Next(3), WarehouseMaxClusters = 1 + random.Next(2),
            ClusterStartSeconds = 10 * random.NextDouble(), ColdWarehouseSeconds = random.Next(2) == 0 ? 20 * random.NextDouble() : null,
        });
        LoadRun run = await space.RunAsync(questions: 40, seconds: 40, includesStatements: true);
        QuestionResult[] known = [.. run.Results.Where(row => row.StatementState == StatementState.Known)];
        Assert.True(known.Length > 20, $"Only {known.Length} answers are known.");
        foreach (QuestionResult row in known)
        {
            SimulatedMessage message = space.Truth[row.MessageId!];
            Check(row, message);
            Assert.Equal(
                row.ServerSeconds!.Value,
                row.ModelBeforeSeconds + row.WarehouseStartSeconds + row.WarehouseQueueSeconds + row.CompileSeconds + row.ExecuteSeconds
                    + row.ResultFetchSeconds + row.ModelAfterSeconds + row.StatementResidualSeconds ?? double.NaN, 6);
        }
        Assert.DoesNotContain(space.Warnings, warning => warning.StartsWith("Statements:", StringComparison.Ordinal));
        int texts = run.Results.Count(row => row.StatementState == StatementState.NoStatement);
        Assert.Equal(run.Results.Count, known.Length + texts);
        Assert.All(
            run.Results.Where(row => row.StatementState == StatementState.NoStatement),
            row => Assert.Empty(space.Truth[row.MessageId!].Statements));
    }

    private static void Check(QuestionResult row, SimulatedMessage message)
    {
        IReadOnlyList<SimulatedStatement> truth = message.Statements;
        Assert.Equal(truth.Count, row.StatementCount);
        double before = 0;
        DateTime at = message.AcceptedAt.Utc;
        foreach (SimulatedStatement statement in truth)
        {
            before += (statement.StartedAt.Utc - at).TotalSeconds;
            at = statement.EndedAt.Utc;
        }
        // A millisecond for each statement that a sum is over, and for the end of what is counted from stamps.
        double room = 0.0011 * truth.Count;
        Near(before, row.ModelBeforeSeconds, room);
        Near(truth.Sum(s => s.WarehouseStartSeconds), row.WarehouseStartSeconds, room);
        Near(truth.Sum(s => s.WarehouseQueueSeconds), row.WarehouseQueueSeconds, room);
        Near(truth.Sum(s => s.CompileSeconds), row.CompileSeconds, room);
        Near(truth.Sum(s => s.ExecuteSeconds), row.ExecuteSeconds, room);
        Near(truth.Sum(s => s.ResultFetchSeconds), row.ResultFetchSeconds, room);
        Near((message.CompletedAt.Utc - at).TotalSeconds, row.ModelAfterSeconds, room);
        Near(truth.Sum(s => s.UnnamedSeconds), row.StatementResidualSeconds, 8 * room);
        Near(truth.Sum(s => (s.EndedAt.Utc - s.StartedAt.Utc).TotalSeconds), row.StatementSeconds, room);
        Assert.Equal(truth.All(s => s.FromResultCache), row.FromResultCache);
        Assert.Equal(truth.Sum(s => s.ReadBytes), row.ReadBytes);
        Assert.Equal(truth.Sum(s => s.SpilledBytes), row.SpilledBytes);
        Assert.Equal(truth.Sum(s => s.RowsProduced), row.RowsProduced);
        long files = truth.Sum(s => s.ReadFiles + s.PrunedFiles);
        Assert.Equal(files == 0 ? null : (double)truth.Sum(s => s.PrunedFiles) / files, row.PrunedShare);
    }

    private static void Near(double expected, double? actual, double room)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value, expected - room, expected + room);
    }
}
