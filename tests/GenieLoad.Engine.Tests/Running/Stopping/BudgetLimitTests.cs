using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Stopping;

/// <summary>Each limit by itself, one step before it and at it.</summary>
public class BudgetLimitTests
{
    private static readonly QuestionResult Good = Rows.Of(1, 0, 0, 1);
    private static readonly QuestionResult Bad = Rows.Of(1, 0, 0, 1, Outcome.Failed);

    private static RunProgress Passed(double seconds, double throttled = 0) => new()
    {
        Planned = 10, Waiting = 0, InFlight = 0, Throttled = 0, ThrottleSeconds = throttled, Succeeded = 0, Failed = 0,
        InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = seconds, RemainingSeconds = null,
    };

    private static StopOrder? Ended(BudgetRule rule, params QuestionResult[] rows)
    {
        foreach (QuestionResult row in rows[..^1])
            Assert.Null(rule.Finished(row));
        return rule.Finished(rows[^1]);
    }

    [Fact]
    public void Without_a_limit_nothing_ends_it()
    {
        var rule = new BudgetRule(new RunBudget());

        Assert.Null(rule.Started(int.MaxValue));
        Assert.Null(Ended(rule, [.. Enumerable.Repeat(Bad, 100)]));
        Assert.Null(rule.Progressed(Passed(1e9, 1e9)));
    }

    [Fact]
    public void Questions_that_are_paid_for_have_all_the_time_they_need()
    {
        var rule = new BudgetRule(new RunBudget { MaximumQuestions = 3, GraceSeconds = 7 });

        Assert.Null(rule.Started(2));
        Assert.Equal((StopCause.Budget, double.PositiveInfinity), (rule.Started(3)!.Cause, rule.Started(3)!.GraceSeconds));
        Assert.NotNull(rule.Started(4));
    }

    [Theory]
    [InlineData(0.86, 1)]
    [InlineData(8.59, 9)]
    [InlineData(8.6, 10)]
    public void A_cost_is_up_before_the_question_that_might_exceed_it(double dbu, int most)
    {
        var rule = new BudgetRule(new RunBudget { MaximumCostDbu = dbu, GraceSeconds = 7 });

        for (int i = 1; i < most; i++)
            Assert.Null(rule.Started(i));
        Assert.Equal((StopCause.Budget, double.PositiveInfinity), (rule.Started(most)!.Cause, rule.Started(most)!.GraceSeconds));
        Assert.InRange(most * 0.86, 0, dbu);
        Assert.InRange((most + 1) * 0.86, dbu + 1e-9, double.MaxValue);
    }

    [Fact]
    public void Time_is_up_at_its_instant()
    {
        var rule = new BudgetRule(new RunBudget { MaximumDurationSeconds = 30, GraceSeconds = 7 });

        Assert.Null(rule.Progressed(Passed(29.999, throttled: 1e9)));
        Assert.Equal(
            new StopOrder(StopCause.Budget, "Stopped by the budget: 30 s have passed; -MaximumDuration allows 30 s.", 7),
            rule.Progressed(Passed(30)));
    }

    [Fact]
    public void Time_lost_to_the_rate_limit_is_up_at_its_instant()
    {
        var rule = new BudgetRule(new RunBudget { MaximumThrottleSeconds = 100, GraceSeconds = 7 });

        Assert.Null(rule.Progressed(Passed(1e9, throttled: 99.999)));
        Assert.Equal(
            new StopOrder(
                StopCause.Budget,
                "Stopped by the budget: questions have waited 100 s for the rate limit; -MaximumThrottleSeconds allows 100 s.", 7),
            rule.Progressed(Passed(1, throttled: 100)));
    }

    [Fact]
    public void A_count_of_failures_counts_failures_only()
    {
        var rule = new BudgetRule(new RunBudget { MaximumFailures = 2, GraceSeconds = 7 });

        Assert.Equal(7, Ended(rule, Good, Bad, Good, Good, Bad)!.GraceSeconds);
        // An answer never is what ends it.
        Assert.Null(rule.Finished(Good));
        Assert.NotNull(rule.Finished(Bad));
    }

    [Fact]
    public void A_share_of_failures_is_looked_at_from_the_tenth_question_on_and_must_be_exceeded()
    {
        Assert.Null(Ended(Share(), [.. Enumerable.Repeat(Bad, 9)]));
        Assert.NotNull(Ended(Share(), [.. Enumerable.Repeat(Bad, 10)]));
        Assert.Null(Ended(Share(), [.. Enumerable.Repeat(Good, 5), .. Enumerable.Repeat(Bad, 5)]));
        Assert.Equal(
            new StopOrder(StopCause.Budget,
                "Stopped by the budget: 6 of 11 questions failed, which is 54.5 %; -MaximumFailure allows 50 %.", 7),
            Ended(Share(), [.. Enumerable.Repeat(Good, 5), .. Enumerable.Repeat(Bad, 6)]));
        Assert.Null(Ended(Share(), [.. Enumerable.Repeat(Bad, 9), Good]));

        static BudgetRule Share() => new(new RunBudget { MaximumFailurePercent = 50, GraceSeconds = 7 });
    }

    public static TheoryData<RunBudget, string> OutOfRange => new()
    {
        { new RunBudget { MaximumQuestions = 0 }, nameof(RunBudget.MaximumQuestions) },
        { new RunBudget { MaximumCostDbu = 0.859 }, nameof(RunBudget.MaximumCostDbu) },
        { new RunBudget { MaximumCostDbu = double.NaN }, nameof(RunBudget.MaximumCostDbu) },
        { new RunBudget { MaximumDurationSeconds = 0.0009 }, nameof(RunBudget.MaximumDurationSeconds) },
        { new RunBudget { MaximumDurationSeconds = (31 * 86_400) + 1 }, nameof(RunBudget.MaximumDurationSeconds) },
        { new RunBudget { MaximumFailures = 0 }, nameof(RunBudget.MaximumFailures) },
        { new RunBudget { MaximumFailurePercent = 0 }, nameof(RunBudget.MaximumFailurePercent) },
        { new RunBudget { MaximumFailurePercent = 100 }, nameof(RunBudget.MaximumFailurePercent) },
        { new RunBudget { MaximumThrottleSeconds = 0 }, nameof(RunBudget.MaximumThrottleSeconds) },
        { new RunBudget { MaximumThrottleSeconds = double.PositiveInfinity }, nameof(RunBudget.MaximumThrottleSeconds) },
        { new RunBudget { MaximumThrottleSeconds = (31 * 86_400) + 1 }, nameof(RunBudget.MaximumThrottleSeconds) },
        { new RunBudget { GraceSeconds = -1 }, nameof(RunBudget.GraceSeconds) },
        { new RunBudget { GraceSeconds = 86_401 }, nameof(RunBudget.GraceSeconds) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_limit_out_of_range_is_refused_by_name(RunBudget budget, string field)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(budget.Validate);

        Assert.Equal("InvalidOption", error.ErrorId);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_at_the_ends_of_their_ranges_are_taken()
    {
        new RunBudget().Validate();
        new RunBudget
        {
            MaximumQuestions = 1, MaximumDurationSeconds = 0.001, MaximumFailures = 1, MaximumFailurePercent = 0.01,
            MaximumThrottleSeconds = 0.001, MaximumCostDbu = 0.86,
            GraceSeconds = 0,
        }.Validate();
        new RunBudget
        {
            MaximumQuestions = int.MaxValue, MaximumDurationSeconds = 31 * 86_400, MaximumFailures = int.MaxValue,
            MaximumFailurePercent = 99.99,
            MaximumThrottleSeconds = 31 * 86_400, GraceSeconds = 86_400,
        }.Validate();
    }
}
