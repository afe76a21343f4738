using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>A plan is too small for a threshold exactly where the judge could not pass it whatever the answers were.</summary>
public sealed class PlannedThresholdsTests
{
    [Theory]
    [InlineData("P99ResponseSeconds < 30", 368)]
    [InlineData("P99.9ResponseSeconds < 30", 3688)]
    [InlineData("P95ResponseWithFailuresSeconds < 30", 72)]
    [InlineData("P50ResponseSeconds < 30", 6)]
    [InlineData("P95ResponseSeconds > 1", 2)]
    [InlineData("P10ResponseSeconds < 30", 2)]
    [InlineData("SuccessRate >= 99", 381)]
    [InlineData("FailureRate < 1%", 381)]
    public void A_threshold_needs_as_many_questions_as_its_interval_does(string text, int needed)
    {
        Assert.Empty(Warnings(needed, text));
        Assert.Contains($"needs at least {needed:N0} questions", Assert.Single(Warnings(needed - 1, text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SuccessRate >= 100")]
    [InlineData("FailureRate <= 0")]
    [InlineData("FailedCount < 1")]
    [InlineData("MeanResponseSeconds < 30")]
    [InlineData("P99ResponseSeconds{outcome=Completed} < 30")]
    public void What_one_question_can_decide_or_the_plan_does_not_tell_is_no_warning(string text) => Assert.Empty(Warnings(1, text));

    [Fact]
    public void Only_the_questions_that_count_are_counted()
    {
        // Twelve questions of ten: q1 twice, and a warm-up of one.
        string warning = Assert.Single(Warnings(12, "P50ResponseSeconds{question=Q1} < 3", warmUp: 1));
        Assert.Contains("measures 1.", warning, StringComparison.Ordinal);
        Assert.Contains("no such question", Assert.Single(Warnings(12, "P50ResponseSeconds{question=q77} < 3")), StringComparison.Ordinal);
        Assert.Contains("no such question", Assert.Single(Warnings(12, "P50ResponseSeconds{turn=2} < 3")), StringComparison.Ordinal);
        Assert.Empty(Warnings(12, "P50ResponseSeconds{turn=1} < 3", warmUp: 6));
        Assert.Contains("no such question", Assert.Single(Warnings(12, "P50ResponseSeconds{mode=agent} < 3")), StringComparison.Ordinal);
        Assert.Empty(Warnings(12, "P50ResponseSeconds{mode=agent} < 3", modes: "Chat, Agent"));
        Assert.Empty(Warnings(12, "P50ResponseSeconds{mode=chat} < 3", modes: "Chat, Agent"));
        Assert.Contains(
            "measures 5.", Assert.Single(Warnings(10, "P50ResponseSeconds{mode=agent} < 3", modes: "Chat, Agent")),
            StringComparison.Ordinal);
        Assert.Single(Warnings(12, "P50ResponseSeconds < 3", warmUp: 7));
    }

    [Fact]
    public void What_no_plan_is_large_enough_for_says_so() => Assert.Contains(
        "more than 1,000,000 questions", Assert.Single(Warnings(5, "FailureRate < 0.0001%")), StringComparison.Ordinal);

    private static string[] Warnings(int count, string threshold, int warmUp = 0, string modes = QuestionMode.Chat)
    {
        Scenario scenario = new()
        {
            Name = "a", QuestionCount = count, WorkerCount = 1, Arrival = ArrivalShape.Immediate, WarmUpCount = warmUp,
            Mode = modes,
        };
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = 1 });
        return [.. PlannedThresholds.Warnings(plan, [ThresholdText.Parse(threshold)])];
    }
}
