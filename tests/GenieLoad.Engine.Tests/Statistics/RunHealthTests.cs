using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statistics;

public class RunHealthTests
{
    private static readonly QuestionResult[] Calm = [.. Enumerable.Range(1, 50).Select(i => Rows.Of(i, i, i, i + 8, lag: 0.002))];

    [Fact]
    public void A_generator_with_nothing_in_its_way_is_valid()
    {
        RunHealth health = RunHealthJudge.Of(Calm, SampleRun.Generator);

        Assert.Equal(HealthVerdict.Valid, health.Verdict);
        Assert.Null(health.Reasons);
        Assert.Equal("Valid", health.ToString());
        Assert.Equal((0.002, 0.002, 0.002), (health.P50LagSeconds, health.P99LagSeconds, health.MaximumLagSeconds));
        Assert.Equal(46, health.SampleCount);
    }

    [Fact]
    public void Lateness_over_50_ms_makes_a_run_invalid()
    {
        RunHealth health = RunHealthJudge.Of([.. Calm, .. Enumerable.Range(51, 5).Select(i => Rows.Of(i, i, i, i + 8, lag: 0.06))], SampleRun.Generator);

        Assert.Equal(HealthVerdict.Invalid, health.Verdict);
        Assert.Equal("P99 of the generator's lateness is 60 ms, over 50 ms", health.Reasons);
    }

    [Fact]
    public void Lateness_over_a_hundredth_of_the_median_makes_a_run_invalid_too()
    {
        QuestionResult[] quick = [.. Enumerable.Range(1, 50).Select(i => Rows.Of(i, i, i, i + 0.5, lag: 0.006))];
        RunHealth health = RunHealthJudge.Of(quick, SampleRun.Generator);

        Assert.Equal(HealthVerdict.Invalid, health.Verdict);
        Assert.Equal("P99 of the generator's lateness is 6.0 ms, over 1 % of the median response (0.50 s)", health.Reasons);
    }

    public static TheoryData<GeneratorRecord, string> Troubles => new()
    {
        { SampleRun.Generator with { ProcessorShare = 0.85 }, "the processors were busy (85 %)" },
        { SampleRun.Generator with { GcPauseSeconds = 3 }, "garbage collection held everything for 3.00 s of 45 s" },
        { SampleRun.Generator with { P99PoolDelaySeconds = 0.2 }, "work waited up to 200 ms (P99) for a thread" },
        { SampleRun.Generator with { WorstStallSeconds = 2 }, "the process stood still for 2.0 s" },
        { SampleRun.Generator with { MaximumHandleCount = 1000 }, "1000 of 1024 files and sockets were open" },
        { SampleRun.Generator with { ClockStepSeconds = 3600 }, "the wall clock was set by 3600.0 s under way" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Trouble_of_the_machine_makes_a_run_doubtful(GeneratorRecord generator, string reason)
    {
        RunHealth health = RunHealthJudge.Of(Calm, generator);

        Assert.Equal((HealthVerdict.Doubtful, reason), (health.Verdict, health.Reasons));
    }

    [Fact]
    public void The_gravest_reason_comes_first()
    {
        RunHealth health = RunHealthJudge.Of(Calm, SampleRun.Generator with { ProcessorShare = 0.97, ClockStepSeconds = 1 });

        Assert.Equal(
            "Invalid: the processors were saturated (97 %); the wall clock was set by 1.0 s under way", health.ToString());
    }

    [Fact]
    public void A_generator_that_nobody_watched_is_doubtful() =>
        Assert.Equal("Doubtful: nobody watched the generator", RunHealthJudge.Of(Calm, null).ToString());
}
