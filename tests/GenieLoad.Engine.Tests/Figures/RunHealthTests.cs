using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class RunHealthTests
{
    private const string UseAnotherMachine = " - close other programs, or use a machine with more free processor time";

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

    /// <summary>The median of eight seconds is not moved by one question of fifty, however late that was.</summary>
    [Fact]
    public void One_late_question_is_no_reason()
    {
        RunHealth health = RunHealthJudge.Of([.. Calm.Skip(1), Late(1, 8, 0.08)], SampleRun.Generator);

        Assert.Equal("Valid", health.ToString());
        Assert.Equal(0.08, health.MaximumLagSeconds);
    }

    [Theory]
    [InlineData(0.004, "Valid")] // 40 % of the response, and too short to matter
    [InlineData(0.0052, "Invalid: questions were sent late by 34.2 % of the P50 response time (5 ms of 0.02 s)" + UseAnotherMachine + "; "
        + "questions were sent late by 34.2 % of the P95 response time (5 ms of 0.02 s)")]
    public void Lateness_of_five_milliseconds_and_less_does_not_count(double lag, string verdict) =>
        Assert.Equal(verdict,
            RunHealthJudge.Of([.. Enumerable.Range(1, 50).Select(i => Late(i, 0.01, lag))], SampleRun.Generator).ToString());

    [Theory]
    [InlineData(0.0099, HealthVerdict.Valid, null)]
    [InlineData(0.02, HealthVerdict.Doubtful,
        "questions were sent late by 2.0 % of the P50 response time (20 ms of 1.02 s)" + UseAnotherMachine)]
    [InlineData(0.06, HealthVerdict.Invalid,
        "questions were sent late by 5.7 % of the P50 response time (60 ms of 1.06 s)" + UseAnotherMachine)]
    public void What_lateness_did_to_the_median_makes_the_verdict(double lag, string verdict, string? reason)
    {
        QuestionResult[] most = [.. Enumerable.Range(1, 45).Select(i => Late(i, 1, lag))];
        QuestionResult[] slow = [.. Enumerable.Range(46, 5).Select(i => Late(i, 60, 0))];

        RunHealth health = RunHealthJudge.Of([.. most, .. slow], SampleRun.Generator);

        Assert.Equal((verdict, reason), (health.Verdict, health.Reasons));
    }

    [Fact]
    public void What_lateness_did_to_the_tail_makes_it_too()
    {
        QuestionResult[] most = [.. Enumerable.Range(1, 45).Select(i => Late(i, 1, 0))];
        QuestionResult[] slow = [.. Enumerable.Range(46, 5).Select(i => Late(i, 2, 0.5))];

        Assert.Equal(
            "Invalid: questions were sent late by 20.0 % of the P95 response time (500 ms of 2.50 s)" + UseAnotherMachine,
            RunHealthJudge.Of([.. most, .. slow], SampleRun.Generator).ToString());
    }

    [Theory]
    [InlineData(0.03, 0.03, "Valid")]
    [InlineData(0.12, 0.12, "Doubtful: polls were late by 1.5 % of the P50 response time (120 ms of 8.00 s)" + UseAnotherMachine + "; "
        + "polls were late by up to 1.5 % of the P95 response time (120 ms of 8.00 s)")]
    [InlineData(0.03, 5, "Doubtful: polls were late by up to 62.5 % of the P95 response time (5000 ms of 8.00 s)" + UseAnotherMachine)]
    [InlineData(5, 5, "Invalid: polls were late by 62.5 % of the P50 response time (5000 ms of 8.00 s)" + UseAnotherMachine + "; "
        + "polls were late by up to 62.5 % of the P95 response time (5000 ms of 8.00 s)")]
    public void Late_polls_count_as_well(double median, double p99, string verdict) => Assert.Equal(
        verdict,
        RunHealthJudge.Of(Calm, SampleRun.Generator with { P50TimerDelaySeconds = median, P99TimerDelaySeconds = p99 }).ToString());

    [Theory]
    [InlineData(0, "Valid")]
    [InlineData(1, "Doubtful")]
    public void Streams_are_not_polled_for_unless_they_broke_off(int polls, string verdict)
    {
        QuestionResult[] rows = [.. Calm.Select(row => row with { Mode = QuestionMode.Agent, Polls = polls })];

        Assert.Equal(verdict, RunHealthJudge.Of(
            rows, SampleRun.Generator with { P50TimerDelaySeconds = 0.12, P99TimerDelaySeconds = 0.12 }).Verdict);
    }

    public static TheoryData<GeneratorRecord, string> Troubles => new()
    {
        { SampleRun.Generator with { ProcessorShare = 0.85 }, "the processors were busy (85 %)" + UseAnotherMachine },
        { SampleRun.Generator with { GcPauseSeconds = 3 },
            "garbage collection paused the process for 3.00 s of 45 s"
            + " - use fewer workers, or a machine with more memory" },
        { SampleRun.Generator with { P99PoolDelaySeconds = 0.2 }, "work waited up to 200 ms (P99) for a thread" + UseAnotherMachine },
        { SampleRun.Generator with { WorstStallSeconds = 2 },
            "the process was suspended for 2.0 s"
            + " - keep the machine from sleeping, and run the test again" },
        { SampleRun.Generator with { MaximumHandleCount = 1000 },
            "1000 of 1024 files and sockets were open"
            + " - raise the limit (ulimit -n), or use fewer workers" },
        { SampleRun.Generator with { ClockStepSeconds = 3600 },
            "the system clock was changed by 3600.0 s during the run"
            + " - synchronize the clock, and run the test again" },
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
            "Invalid: the processors were saturated (97 %)" + UseAnotherMachine
            + "; the system clock was changed by 1.0 s during the run - synchronize the clock, and run the test again", health.ToString());
    }

    [Fact]
    public void A_generator_that_nobody_watched_is_doubtful() =>
        Assert.Equal("Doubtful: the load generator was not monitored - run the test again to its end",
            RunHealthJudge.Of(Calm, null).ToString());

    /// <summary>A question that would have been answered in so many seconds, had it left on time.</summary>
    private static QuestionResult Late(int index, double seconds, double lag) =>
        Rows.Of(index, index, index, index + seconds + lag, lag: lag);
}
