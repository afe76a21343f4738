using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public class PlanPreviewTests
{
    [Fact]
    public void The_preview_counts_what_the_plan_holds()
    {
        PlanPreview preview = PlanPreviewBuilder.Build(Plan("sustained_load"));

        Assert.Equal((100, 10), (preview.QuestionCount, preview.DistinctQuestionCount));
        Assert.Equal((100, 10), (preview.ConversationCount, preview.WorkerCount));
        Assert.Equal((0.0, 99 * 1.2), (preview.FirstSeconds, preview.LastSeconds));
        Assert.Equal([(1, 50), (2, 50)], preview.Minutes.Select(minute => (minute.Minute, minute.QuestionCount)));
        Assert.Equal(20 * 60, preview.LeastSeconds);
        Assert.True(preview.ExceedsLimit);
    }

    [Theory]
    [InlineData("high_load", 5, 7 * 60)]
    [InlineData("high_load", 20, 105)]
    [InlineData("light_load", 600, 54)]
    public void The_least_time_is_the_limit_s_or_the_plan_s_own(string scenario, double limit, double seconds) =>
        Assert.Equal(seconds, PlanPreviewBuilder.Build(Plan(scenario), limit).LeastSeconds, 9);

    [Fact]
    public void A_conversation_of_several_turns_counts_once()
    {
        Question[] talk = [.. "abc".Select(letter => new Question { Id = "", Text = $"{letter}", Conversation = "t" })];
        Question[] list = [.. talk, new() { Id = "", Text = "d" }];

        Plan plan = PlanBuilder.Build(ScenarioRulesTests.Make(questions: 8), list, new PlanOptions { Seed = 1 });

        Assert.Equal(4, PlanPreviewBuilder.Build(plan).ConversationCount);
    }

    [Fact]
    public void The_text_tells_it_in_a_few_lines() => Assert.Equal(
        """
        Plan of high_load_35q_30s (scenario high_load, seed 42)
          Questions:      35, 10 different; first at 0 s, last at 29.14 s
          Conversations:  35
          Workers:        10
          Per minute:     35
          At 5 questions per minute: about 7 min; the plan asks for more, so expect 429s and waiting
        """,
        PlanPreviewText.Format(PlanPreviewBuilder.Build(Plan("high_load"))));

    [Fact]
    public void A_long_plan_shows_its_first_minutes_only()
    {
        Scenario scenario = ScenarioRulesTests.Make(questions: 40, seconds: 1200);
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = 1 });

        string text = PlanPreviewText.Format(PlanPreviewBuilder.Build(plan));

        Assert.Contains("2, 2, 2, 2, 2, 2, 2, 2, 2, 2, ... (20 minutes)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("429", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_limit_that_is_none_is_refused(double limit) =>
        ErrorAssert.Refused("InvalidRateLimit", () => PlanPreviewBuilder.Build(Plan("light_load"), limit));

    private static Plan Plan(string scenario) =>
        PlanBuilder.Build(ScenarioCatalog.Find(scenario), SampleQuestions.All, new PlanOptions { Seed = 42 });
}
