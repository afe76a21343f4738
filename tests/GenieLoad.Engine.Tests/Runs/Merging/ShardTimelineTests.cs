using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs.Merging;

/// <summary>Clocks that were wrong, pauses, and starts that were not one.</summary>
public sealed class ShardTimelineTests : IDisposable
{
    private readonly SampleShards _shards = new();

    public void Dispose() => _shards.Dispose();

    [Theory]
    [InlineData(0.0, 0.1)]
    [InlineData(0.099, 0.1)]
    [InlineData(-0.5, 0.5)]
    public async Task A_clock_that_may_have_been_right_moves_nothing(double offset, double halfWidth)
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(2, 2, status: status => status with { Clock = new ClockReading(offset, halfWidth) });

        LoadRun merged = _shards.Merge([one, two]);

        Assert.Equal(
            _shards.Whole().Results.Select(row => RunMergeTests.Json(row)),
            merged.Results.Select(row => RunMergeTests.Json(row with { Shard = null, Place = null })));
        Assert.Equal((0.0, offset, halfWidth), (merged.Shards[1].MovedSeconds, merged.Shards[1].ClockOffsetSeconds!.Value,
            merged.Shards[1].ClockHalfWidthSeconds!.Value));
        Assert.Equal(HealthVerdict.Valid, merged.Health!.Verdict);
    }

    [Fact]
    public async Task Times_of_a_clock_that_was_behind_move_and_durations_do_not()
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(2, 2, status: status => status with { Clock = new ClockReading(30, 0.1) });

        LoadRun merged = _shards.Merge([one, two]);

        LoadRun whole = _shards.Whole();
        foreach (QuestionResult row in merged.Results)
        {
            QuestionResult was = whole.Results[row.Index - 1];
            double moved = row.Shard == 2 ? 30 : 0;
            Assert.Equal(was.PlannedOffsetSeconds + moved, row.PlannedOffsetSeconds);
            Assert.Equal(was.StartedOffsetSeconds + moved, row.StartedOffsetSeconds);
            Assert.Equal(was.CompletedOffsetSeconds + moved, row.CompletedOffsetSeconds);
            Assert.Equal(was.PlannedAt.AddSeconds(moved), row.PlannedAt);
            Assert.Equal(was.StartedAt?.AddSeconds(moved), row.StartedAt);
            Assert.Equal(was.CompletedAt?.AddSeconds(moved), row.CompletedAt);
            Assert.Equal(
                (was.ResponseSeconds, was.DurationSeconds, was.LagSeconds), (row.ResponseSeconds, row.DurationSeconds, row.LagSeconds));
            Assert.Equal(Math.Round(row.StartedOffsetSeconds!.Value, 3), RecordedSends.Of(row)[0].Sent, 6);
        }
        Assert.Equal(30, merged.Shards[1].MovedSeconds);
        Assert.Equal(HealthVerdict.Doubtful, merged.Health!.Verdict);
        Assert.Contains(
            "the clock of shard 2/2 (eastus) was 30.0 s behind (± 0.1 s): its questions were asked as much too late - synchronize",
            merged.Health.Reasons, StringComparison.Ordinal);
        Assert.Equal(
            _shards.IndexesOf(2, 2).Max(index => whole.Results[index - 1].CompletedOffsetSeconds) + 30, merged.TotalDurationSeconds);
        Assert.Equal(RunMergeTests.Json(merged), RunMergeTests.Json(RunReader.Read(merged.RunPath!)));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_moves_the_start_so_that_nothing_comes_before_it()
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(2, 2, status: status => status with { Clock = new ClockReading(-10, 0.1) });

        LoadRun merged = _shards.Merge([one, two]);

        LoadRun whole = _shards.Whole();
        Assert.Equal(whole.StartedAt.AddSeconds(-10), merged.StartedAt);
        Assert.All(merged.Results, row => Assert.Equal(
            whole.Results[row.Index - 1].PlannedOffsetSeconds + (row.Shard == 2 ? 0 : 10), row.PlannedOffsetSeconds));
        Assert.All(merged.Results, row => Assert.Equal(
            whole.Results[row.Index - 1].PlannedAt.AddSeconds(row.Shard == 2 ? -10 : 0), row.PlannedAt));
        Assert.Contains(
            "was 10.0 s ahead (± 0.1 s): its questions were asked as much too early", merged.Health!.Reasons, StringComparison.Ordinal);
        Assert.StartsWith("20261123-192455-", merged.RunId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pause_of_a_resumed_shard_is_part_of_the_common_time()
    {
        int[] own = _shards.IndexesOf(2, 2);
        int middle = own[own.Length / 2];
        double at = (middle - 1) * 0.5;
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(
            2, 2,
            row: row => row.Index < middle ? row : row with
            {
                PlannedAt = row.PlannedAt.AddSeconds(100), StartedAt = row.StartedAt?.AddSeconds(100),
                CompletedAt = row.CompletedAt?.AddSeconds(100),
            },
            status: status => status with
            {
                Interruptions =
                [
                    new RunInterruption
                    {
                        OffsetSeconds = at, InterruptedAt = SampleRun.StartedAt.AddSeconds(at),
                        ResumedAt = SampleRun.StartedAt.AddSeconds(at + 100), State = RunState.Interrupted,
                    },
                ],
            });

        LoadRun merged = _shards.Merge([one, two]);

        LoadRun whole = _shards.Whole();
        foreach (QuestionResult row in merged.Results)
        {
            QuestionResult was = whole.Results[row.Index - 1];
            double pause = row.Shard == 2 && row.Index >= middle ? 100 : 0;
            Assert.Equal(
                (was.PlannedOffsetSeconds + pause, was.StartedOffsetSeconds + pause), (row.PlannedOffsetSeconds, row.StartedOffsetSeconds));
            Assert.Equal(was.StartedAt?.AddSeconds(pause), row.StartedAt);
            Assert.Equal(Math.Round(row.StartedOffsetSeconds!.Value, 3), RecordedSends.Of(row)[0].Sent, 6);
        }
        Assert.Empty(merged.Interruptions);
        Assert.Contains("shard 2/2 (eastus): the run was interrupted at", merged.Health!.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_without_a_common_start_keep_their_instants_and_are_doubtful()
    {
        string one = await _shards.WriteAsync(1, 2);
        string two = await _shards.WriteAsync(
            2, 2, header => header with { StartedAt = header.StartedAt.AddSeconds(7) },
            row => row with
            {
                PlannedAt = row.PlannedAt.AddSeconds(7), StartedAt = row.StartedAt?.AddSeconds(7),
                CompletedAt = row.CompletedAt?.AddSeconds(7),
            });

        LoadRun merged = _shards.Merge([one, two]);

        LoadRun whole = _shards.Whole();
        Assert.All(merged.Results, row => Assert.Equal(
            whole.Results[row.Index - 1].StartedOffsetSeconds + (row.Shard == 2 ? 7 : 0), row.StartedOffsetSeconds));
        Assert.Contains(
            "the shards were not started together: 2/2 (eastus) began 7.0 s after the first - give all shards the same -StartAt",
            merged.Health!.Reasons, StringComparison.Ordinal);
    }
}
