using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>Load tests of a plan that was made before, of a part of it, and at an instant.</summary>
public sealed class StartedSessionTests
{
    private static readonly Plan Ten = Hashed(SimulatedRun.Plan(10, 60, workers: 4) with { QuestionsPerMinute = 20 });

    private static LoadTestRequest OfPlan => new()
    {
        Plan = Ten, Start = new RunStart { At = DateTime.UtcNow.AddMinutes(5), Shard = new Shard(2, 4), Place = "westeurope" },
    };

    [Fact]
    public void A_session_of_a_shard_shows_its_part()
    {
        using LoadTestSession session = LoadTestSession.Of(OfPlan);

        Assert.Equal([2, 6, 10], session.Plan.Questions.Select(question => question.Index));
        Assert.Equal(Ten.Hash, session.Plan.Hash);
        // Of 20 a minute, and of the 5 that a workspace takes, a quarter.
        Assert.Equal(5, session.Preview!.QuestionsPerMinuteLimit);
        string text = session.Describe();
        Assert.Contains("shard 2/4", text, StringComparison.Ordinal);
        Assert.Contains("UTC, from westeurope", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_a_plan_cannot_be_given_with_one()
    {
        LoadTestRequest[] requests =
        [
            OfPlan with { Scenario = BuiltInScenarios.All[0] }, OfPlan with { Questions = [] }, OfPlan with { Seed = 1 },
            OfPlan with { Name = "name" }, OfPlan with { UniqueQuestion = true }, OfPlan with { ReplaySpeed = 1 },
            OfPlan with { CheckAnswer = true }, OfPlan with { Overrides = new ScenarioOverrides { QuestionCount = 1 } },
        ];
        Assert.All(requests, request => ErrorAssert.Refused("PlanConflict", () => LoadTestSession.Of(request)));
    }

    [Fact]
    public void A_shard_needs_a_plan_a_start_and_a_name_for_its_place()
    {
        ErrorAssert.Refused("ShardWithoutPlan", () => LoadTestSession.Of(OfPlan with { Plan = null }));
        ErrorAssert.Refused("ShardWithoutStart", () => LoadTestSession.Of(OfPlan with { Start = OfPlan.Start with { At = null } }));
        using LoadTestSession alone = LoadTestSession.Of(OfPlan with { Start = new RunStart { Shard = new Shard(1, 1) } });
        Assert.Equal(10, alone.Plan.QuestionCount);
        foreach (string place in new[] { "", " ", "two\nlines", new string('x', 101), "\u202eabc" })
            ErrorAssert.Refused("InvalidPlace", () => LoadTestSession.Of(OfPlan with { Start = OfPlan.Start with { Place = place } }));
        RunStart eleventh = OfPlan.Start with { Shard = new Shard(11, 11) };
        ErrorAssert.Refused("EmptyShard", () => LoadTestSession.Of(OfPlan with { Start = eleventh }));
    }

    [Theory]
    [InlineData(-25, true)]
    [InlineData(-23, false)]
    [InlineData(30 * 24, false)]
    [InlineData(32 * 24, true)]
    public void A_start_far_away_is_a_mistake(double hours, bool isRefused)
    {
        LoadTestRequest request = OfPlan with { Start = new RunStart { At = DateTime.UtcNow.AddHours(hours) } };
        if (isRefused)
            ErrorAssert.Refused("InvalidStartAt", () => LoadTestSession.Of(request));
        else
            LoadTestSession.Of(request).Dispose();
    }

    [Fact]
    public void Benchmarks_are_not_evaluated_by_every_shard() => ErrorAssert.Refused("EvaluateWithStart", () => LoadTestSession.Of(
        OfPlan with { Options = new SessionOptions { Evaluations = [EvaluationTime.During] } }));

    [Fact]
    public void The_thresholds_of_the_plan_hold_unless_others_are_given()
    {
        Plan plan = Ten with { Thresholds = "SuccessRate >= 95" };
        using LoadTestSession kept = LoadTestSession.Of(OfPlan with { Plan = plan });
        using LoadTestSession given = LoadTestSession.Of(OfPlan with { Plan = plan, Thresholds = ["P50ResponseSeconds < 9"] });
        Assert.Equal("SuccessRate >= 95", kept.Plan.Thresholds);
        Assert.Equal("P50ResponseSeconds < 9", given.Plan.Thresholds);
        // They count as thresholds of the test, and so may fail it.
        LoadTestSession.Of(OfPlan with { Plan = plan, FailOnThreshold = true }).Dispose();
        ErrorAssert.Refused("NoThresholdFor", () => LoadTestSession.Of(OfPlan with { FailOnThreshold = true }));
    }

    [Fact]
    public void Two_shards_of_a_plan_are_not_the_same_load()
    {
        PlanShape first = PlanShape.Of(PlanShards.Of(Ten, new Shard(1, 2)));
        Assert.NotEqual(first, PlanShape.Of(PlanShards.Of(Ten, new Shard(2, 2))));
        Assert.Contains("shard 1/2", $"{first}", StringComparison.Ordinal);
    }

    [Fact]
    public void All_shards_together_spend_no_more_than_the_budget()
    {
        var whole = new RunBudget
        {
            MaximumQuestions = 10, MaximumCostDbu = 8, MaximumFailures = 5, MaximumThrottleSeconds = 40, MaximumDurationSeconds = 60,
            MaximumFailurePercent = 10,
        };
        RunBudget[] shares = [.. Enumerable.Range(1, 4).Select(number => whole.ShareOf(new Shard(number, 4)))];

        Assert.Equal([3, 3, 2, 2], shares.Select(share => share.MaximumQuestions));
        Assert.Equal(8, shares.Sum(share => share.MaximumCostDbu!.Value), 9);
        Assert.Equal(5, shares.Sum(share => share.MaximumFailures));
        Assert.Equal(40, shares.Sum(share => share.MaximumThrottleSeconds!.Value), 9);
        Assert.All(shares, share => Assert.Equal((60, 10), (share.MaximumDurationSeconds, share.MaximumFailurePercent)));
        Assert.Same(whole, whole.ShareOf(null));
        ErrorAssert.Refused("InvalidOption", () => new RunBudget { MaximumQuestions = 3 }.ShareOf(new Shard(1, 4)));
        ErrorAssert.Refused("InvalidOption", () => new RunBudget { MaximumCostDbu = 2 }.ShareOf(new Shard(1, 4)));
    }

    [Fact]
    public void A_session_of_a_shard_keeps_its_share_of_the_budget()
    {
        using LoadTestSession session = LoadTestSession.Of(OfPlan with
        {
            Options = new SessionOptions { Budget = new RunBudget { MaximumQuestions = 4 } },
        });
        Assert.Contains("0.18 to 0.86 DBU", session.Describe(), StringComparison.Ordinal);
    }

    private static Plan Hashed(Plan plan) => plan with { Hash = PlanHash.Of(plan) };
}
