using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

public sealed class GeneratorWatchTests
{
    private readonly SteppedClock _time = new();

    [Fact]
    public async Task What_was_seen_each_second_is_kept_in_short()
    {
        var probe = new ScriptedProbe(
            new() { ProcessorSeconds = 10, ProcessorCount = 4, GcPauseSeconds = 1, HandleCount = 50, HandleLimit = 100,
                WorkingSetBytes = 7 },
            new() { ProcessorSeconds = 11, ProcessorCount = 4, GcPauseSeconds = 1.25, PoolDelaySeconds = 0.5, WorkingSetBytes = 9 },
            new() { ProcessorSeconds = 14, ProcessorCount = 4, GcPauseSeconds = 1.375, HandleCount = 60, WorkingSetBytes = 8 },
            new() { ProcessorSeconds = 14, ProcessorCount = 4, GcPauseSeconds = 1.375, WorkingSetBytes = 8 });
        await using GeneratorWatch watch = GeneratorWatch.Start(_time, probe);

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        GeneratorRecord record = await watch.EndAsync();

        Assert.Equal(3, record.SampleCount);
        Assert.Equal(2.5, record.WatchedSeconds);
        Assert.Equal(0.4, record.ProcessorShare);
        Assert.Equal(0.75, record.PeakProcessorShare);
        Assert.Equal(0.375, record.GcPauseSeconds);
        Assert.Equal(0.25, record.WorstGcPauseSeconds);
        Assert.Equal(0.49, record.P99PoolDelaySeconds, 12);
        Assert.Equal((60, 100), (record.MaximumHandleCount, record.HandleLimit));
        Assert.Equal(9, record.PeakWorkingSetBytes);
        Assert.Equal(0, record.ClockStepSeconds);
        Assert.Equal(0, record.WorstStallSeconds);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_under_way_shows()
    {
        await using GeneratorWatch watch = GeneratorWatch.Start(_time, new ScriptedProbe(new GeneratorReading()));

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.WallStep = TimeSpan.FromSeconds(-90);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(90, (await watch.EndAsync()).ClockStepSeconds, 6);
    }

    [Fact]
    public async Task A_process_that_stood_still_shows()
    {
        await using GeneratorWatch watch = GeneratorWatch.Start(_time, new ScriptedProbe(new GeneratorReading()));

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.StandStill(TimeSpan.FromSeconds(7));

        Assert.Equal(6, (await watch.EndAsync()).WorstStallSeconds, 6);
    }

    [Fact]
    public async Task A_look_that_fails_is_a_look_less()
    {
        var probe = new ScriptedProbe(new GeneratorReading(), new GeneratorReading()) { FailsAt = 1 };
        await using GeneratorWatch watch = GeneratorWatch.Start(_time, probe);

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await watch.EndAsync()).SampleCount);
    }

    [Fact]
    public void The_process_itself_can_be_looked_at()
    {
        using var probe = new ProcessProbe();

        GeneratorReading first = probe.Read();
        GC.Collect();
        GeneratorReading second = probe.Read();

        Assert.InRange(first.ProcessorSeconds, 0.001, second.ProcessorSeconds);
        Assert.True(second.GcPauseSeconds > first.GcPauseSeconds);
        Assert.True(first.WorkingSetBytes > 1_000_000);
        Assert.Equal(Environment.ProcessorCount, first.ProcessorCount);
        Assert.True(first.PoolDelaySeconds >= 0);
        if (OperatingSystem.IsLinux())
            Assert.InRange(first.HandleCount!.Value, 3, first.HandleLimit!.Value);
    }

    /// <summary>Gives its readings one by one, the last for ever.</summary>
    private sealed class ScriptedProbe(params GeneratorReading[] readings) : IGeneratorProbe
    {
        private int _looks;

        public int FailsAt { get; init; } = -1;

        public GeneratorReading Read()
        {
            int look = _looks++;
            return look == FailsAt ? throw new IOException("No look today.") : readings[Math.Min(look, readings.Length - 1)];
        }
    }

    /// <summary>A fake clock whose wall clock can be set without the monotonic one, and which can jump past its timers.</summary>
    private sealed class SteppedClock : FakeTimeProvider
    {
        private long _skippedTicks;

        public TimeSpan WallStep { get; set; }

        public void StandStill(TimeSpan time)
        {
            _skippedTicks += (time - TimeSpan.FromSeconds(1)).Ticks;
            Advance(TimeSpan.FromSeconds(1));
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallStep + TimeSpan.FromTicks(_skippedTicks);

        public override long GetTimestamp() => base.GetUtcNow().UtcTicks + _skippedTicks;
    }
}
