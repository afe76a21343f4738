using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Scenarios;
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
    public void The_text_tells_it_in_a_few_lines()
    {
        PlanPreview preview = PlanPreviewBuilder.Build(Plan("high_load"));

        Assert.Equal(
            $"""
            Plan of high_load_35q_30s (scenario high_load, seed 42, hash {preview.Hash![..12]})
              Questions:      35, 10 different
              Arrivals:       Even; due at 0, 0.86, 1.71, 2.57, 3.43, 4.29 ... 29.14 s
              Conversations:  35
              Workers:        10
              Per minute:     35
              Percentiles:    P50, P75 supported by 35 answers; P90 needs 36 (7.2 min), P95 72 (14.4 min), P99
                              368 (73.6 min)
              Takes:          at least 7 min at 5 questions a minute; the plan asks for more, so expect 429s and
                              waiting
              Genie:          6.3 to 30.1 DBU for a service principal, 0.18 to 0.86 a question
                              (josh-melton-db/genie-cost-efficiency, measured 2026-07)
              Warehouse:      not known: connect to the space with Connect-Genie
            """,
            PlanPreviewText.Format(preview));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(80, 80)]
    [InlineData(200, 100)]
    [InlineData(0, 100)]
    public void No_line_is_wider_than_the_console_and_no_word_is_broken(int width, int most)
    {
        PlanPreview preview = PlanPreviewBuilder.Build(Plan("high_load"));
        string text = PlanPreviewText.Format(
            preview, width, ("Retries", "5 retries, 2 s doubled up to 60 s, jitter 1 s; Retry-After up to 120 s"));

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, most));
        Assert.Contains(text.Split('\n'), line => line.Length > most - 12);
        string flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("P90 needs 36 (7.2 min), P95 72 (14.4 min), P99 368 (73.6 min) Takes: at least", flat, StringComparison.Ordinal);
        Assert.EndsWith("Retries: 5 retries, 2 s doubled up to 60 s, jitter 1 s; Retry-After up to 120 s", flat, StringComparison.Ordinal);
    }

    /// <summary>A scenario's name comes from a file that somebody else may have written.</summary>
    [Fact]
    public void The_text_steers_no_terminal() => Assert.StartsWith(
        "Plan of a\u27E8U+001B\u27E9[2Jb (",
        PlanPreviewText.Format(PlanPreviewBuilder.Build(Plan("high_load") with { Name = "a\u001b[2Jb" })),
        StringComparison.Ordinal);

    [Fact]
    public void Percentiles_count_the_answers_that_are_measured_and_no_others()
    {
        Plan plan = PlanBuilder.Build(
            ScenarioRulesTests.Make(questions: 40) with { WarmUpCount = 5 }, SampleQuestions.All, new PlanOptions { Seed = 1 });

        PlanPreview preview = PlanPreviewBuilder.Build(plan, 10);

        Assert.Equal(
            [(50, 6, true), (75, 13, true), (90, 36, false), (95, 72, false), (99, 368, false)],
            preview.Percentiles.Select(figure => (figure.Percentile, figure.NeededCount, figure.IsSupported)));
        Assert.All(preview.Percentiles, figure => Assert.Equal(35, figure.PlannedCount));
        Assert.Equal(6 * 6.0, preview.Percentiles[0].LeastSeconds);
        Assert.Contains("40, of which 5 warm up", PlanPreviewText.Format(preview), StringComparison.Ordinal);
    }

    [Fact]
    public void Least_time_lets_no_question_go_before_its_instant()
    {
        // A burst at the end has to queue from there; the free minutes before it are lost.
        Scenario scenario = ScenarioRulesTests.Make(questions: 12) with { Arrival = ArrivalShape.Stages,
            Stages = "1/min for 2m, 10/min for 1m" };
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = 1 });

        Assert.Equal(120 + (10 * 12), PlanPreviewBuilder.Build(plan, 5).LeastSeconds, 9);
    }

    [Fact]
    public void A_pace_below_the_workspace_s_limit_is_what_counts()
    {
        Plan plan = PlanBuilder.Build(
            ScenarioRulesTests.Make(questions: 8) with { QuestionsPerMinute = 4 }, SampleQuestions.All, new PlanOptions { Seed = 1 });

        Assert.Equal(120, PlanPreviewBuilder.Build(plan, 20).LeastSeconds);
        Assert.Equal(240, PlanPreviewBuilder.Build(plan, 2).LeastSeconds);
    }

    [Fact]
    public void What_follows_answers_is_due_at_the_earliest()
    {
        Scenario users = ScenarioRulesTests.Make(questions: 6) with
        {
            Arrival = ArrivalShape.Closed, UserCount = 2, QuestionsPerUser = 3, ThinkTime = "5s", DurationSeconds = null,
        };
        Plan plan = PlanBuilder.Build(users, SampleQuestions.All, new PlanOptions { Seed = 1 });

        Assert.Contains(
            "Arrivals:       Closed, 2 users; due at 2 x 0, 2 x 5, 2 x 10 s, at the earliest",
            PlanPreviewText.Format(PlanPreviewBuilder.Build(plan)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_with_pauses_shows_its_busiest_minute_and_its_whole_length()
    {
        Plan plan = Plan("high_load") with
        {
            Questions = new RowList<PlannedQuestion>(
            [
                .. new[] { 0, 10, 200, 90_000, 90_001, 90_002, 1_053_420.0 }.Select((seconds, i) => new PlannedQuestion
                {
                    Index = i + 1, PlannedSeconds = seconds, QuestionId = $"q{i}", Text = "One?",
                }),
            ]),
        };

        string text = PlanPreviewText.Format(PlanPreviewBuilder.Build(plan));

        Assert.Contains(
            "2, 0, 0, 1, 0, 0, 0, 0, 0, 0, ... (17,558 minutes; at most 3, in minute 1,501)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_plan_shows_its_first_minutes_only()
    {
        Scenario scenario = ScenarioRulesTests.Make(questions: 40, seconds: 1200);
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = 1 });

        string text = PlanPreviewText.Format(PlanPreviewBuilder.Build(plan));

        Assert.Contains("2, 2, 2, 2, 2, 2, 2, 2, 2, 2, ... (20 minutes; at most 2, in minute 1)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("429", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e-9)]
    [InlineData(0.00099)]
    [InlineData(600_001)]
    public void A_limit_that_is_none_is_refused(double limit) =>
        ErrorAssert.Refused("InvalidRateLimit", () => PlanPreviewBuilder.Build(Plan("light_load"), limit));

    private static Plan Plan(string scenario) =>
        PlanBuilder.Build(ScenarioCatalog.Find(scenario), SampleQuestions.All, new PlanOptions { Seed = 42 });
}
