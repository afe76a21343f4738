using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Merging;

/// <summary>Shards that are missing, died, were stopped, or whose generators were not fit.</summary>
public sealed class ShardLossTests : IDisposable
{
    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    [Fact]
    public async Task A_shard_that_is_missing_costs_its_rows_and_a_doubtful_health()
    {
        string[] paths = await _shards.WriteAllAsync(4);

        LoadRun merged = _shards.Merge([paths[0], paths[1], paths[3]]);

        int[] lost = _shards.IndexesOf(3, 4);
        Assert.Equal(lost, merged.Results.Where(row => row.Outcome == Outcome.NotStarted).Select(row => row.Index));
        Assert.All(lost, index => Assert.Equal(
            (3, null, "Shard 3/4 did not run", "default"),
            (merged.Results[index - 1].Shard, merged.Results[index - 1].Place, merged.Results[index - 1].ErrorText,
                merged.Results[index - 1].Connection)));
        Assert.Equal((RunState.Interrupted, "Shard 3/4 did not run."), (merged.State, merged.StateReason));
        Assert.Equal(HealthVerdict.Doubtful, merged.Health!.Verdict);
        Assert.StartsWith("shard 3/4 is missing - ", merged.Health.Reasons, StringComparison.Ordinal);
        Assert.Equal(("3/4", null, null, lost.Length, lost.Length), (merged.Shards[2].Shard, merged.Shards[2].State, merged.Shards[2].RunId,
            merged.Shards[2].QuestionCount, merged.Shards[2].MissingCount));

        // Rates and percentiles are over what was asked.
        LoadRun whole = _shards.Whole();
        QuestionResult[] asked = [.. whole.Results.Where(row => !lost.Contains(row.Index))];
        Assert.Equal(asked.Count(row => row.Success), merged.SuccessfulCount);
        Assert.Equal(100.0 * asked.Count(row => row.Success) / asked.Length, merged.SuccessRate);
        Assert.Equal(lost.Length, merged.NotAskedCount);
    }

    [Fact]
    public async Task A_shard_that_died_is_named_with_its_place()
    {
        string one = await _shards.WriteAsync(1, 2);
        int[] own = _shards.IndexesOf(2, 2);
        string two = await _shards.WriteAsync(
            2, 2, row: row => row.Index == own[^2]
                ? row with { Outcome = Outcome.Interrupted, CompletedAt = null, CompletedOffsetSeconds = null, ResponseSeconds = null }
                : row.Index == own[^1] ? null : row, status: _ => null);
        LoadRun alone = RunReader.Read(two);
        Assert.Equal((RunState.Interrupted, own.Length), (alone.State, alone.Results.Count));

        LoadRun merged = _shards.Merge([one, two]);

        Assert.Equal((RunState.Interrupted, "Shard 2/2 (eastus) ended early."), (merged.State, merged.StateReason));
        Assert.Equal((Outcome.NotStarted, "Shard 2/2 (eastus) ended early"),
            (merged.Results[own[^1] - 1].Outcome, merged.Results[own[^1] - 1].ErrorText));
        Assert.Equal(Outcome.Interrupted, merged.Results[own[^2] - 1].Outcome);
        Assert.Equal(2, merged.Shards[1].MissingCount);
        Assert.Equal(HealthVerdict.Doubtful, merged.Health!.Verdict);
        Assert.Contains("shard 2/2 (eastus) ended early: 2 questions have no answer", merged.Health.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_was_sent_when_its_shard_died_counts_as_sent()
    {
        string one = await _shards.WriteAsync(1, 2);
        int last = _shards.IndexesOf(2, 2)[^1];
        string two = await _shards.WriteAsync(2, 2, status: _ => null);
        RunFolder folder = new(two);
        File.WriteAllLines(folder.ResultsPath, File.ReadAllLines(folder.ResultsPath)[..^1]);

        LoadRun merged = _shards.Merge([one, two]);

        QuestionResult row = merged.Results[last - 1];
        Assert.Equal((Outcome.Interrupted, 2, "eastus", (last - 1) * 0.5), (row.Outcome, row.Shard, row.Place, row.StartedOffsetSeconds));
        Assert.Equal(RunMergeTests.Json(merged), RunMergeTests.Json(RunReader.Read(merged.RunPath!)));
    }

    [Fact]
    public async Task A_shard_that_was_stopped_stops_the_whole_and_says_why()
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(
            2, 2, status: status => status with { State = RunState.Stopped, StopCause = StopCause.Fault, Reason = "The disk is full." });

        LoadRun merged = _shards.Merge([one, two]);

        Assert.Equal((RunState.Stopped, StopCause.Fault, "Shard 2/2 (eastus) was stopped: The disk is full."),
            (merged.State, merged.StopCause, merged.StateReason));
        Assert.Equal(HealthVerdict.Valid, merged.Health!.Verdict);
    }

    [Fact]
    public async Task The_verdict_is_that_of_the_worst_generator_and_names_its_shard()
    {
        string one = await _shards.WriteAsync(1, 3);
        string two = await _shards.WriteAsync(
            2, 3, status: status => status with { Generator = SampleRun.Generator with { ProcessorShare = 0.97 } });
        string three = await _shards.WriteAsync(3, 3, status: status => status with { Generator = null });

        LoadRun merged = _shards.Merge([one, two, three]);

        Assert.Equal(HealthVerdict.Invalid, merged.Health!.Verdict);
        Assert.StartsWith("shard 2/3 (eastus): the processors were saturated (97 %)", merged.Health.Reasons, StringComparison.Ordinal);
        Assert.Contains("shard 3/3 (japaneast): the load generator was not monitored", merged.Health.Reasons, StringComparison.Ordinal);
        Assert.DoesNotContain("shard 1/3", merged.Health.Reasons, StringComparison.Ordinal);
        Assert.Equal([HealthVerdict.Valid, HealthVerdict.Invalid, HealthVerdict.Doubtful], merged.Shards.Select(shard => shard.Health));

        LoadRun watched = _shards.Merge([one, two]);
        Assert.Equal(0.97, watched.Health!.ProcessorShare);
    }

    [Fact]
    public async Task A_plan_with_fewer_conversations_than_shards_misses_none_of_them()
    {
        using SampleShards few = new(questionCount: 3);

        LoadRun merged = few.Merge([await few.WriteAsync(1, 5), await few.WriteAsync(2, 5), await few.WriteAsync(3, 5)]);

        Assert.Equal((RunState.Completed, 3, HealthVerdict.Valid), (merged.State, merged.Shards.Count, merged.Health!.Verdict));
    }
}
