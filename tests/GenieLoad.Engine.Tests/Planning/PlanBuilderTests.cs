using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public class PlanBuilderTests
{
    [Fact]
    public void Question_i_of_N_is_due_at_i_times_duration_over_N()
    {
        Plan plan = Build(ScenarioCatalog.Find("high_load"), SampleQuestions.All);

        Assert.Equal(("high_load_35q_30s", "high_load", 10, 30.0, 42),
            (plan.Name, plan.ScenarioName, plan.WorkerCount, plan.DurationSeconds, plan.Seed));
        Assert.Equal(Enumerable.Range(0, 35).Select(i => i * 30.0 / 35), plan.Questions.Select(q => q.PlannedSeconds));
        Assert.Equal(Enumerable.Range(1, 35), plan.Questions.Select(q => q.Index));
    }

    [Fact]
    public void An_immediate_scenario_is_due_at_once() =>
        Assert.All(Build(ScenarioCatalog.Find("burst_test"), SampleQuestions.All).Questions, q => Assert.Equal(0, q.PlannedSeconds));

    [Fact]
    public void Arrivals_are_even_and_in_order_for_any_count_and_duration()
    {
        SeededRandom random = new(3);
        for (int round = 0; round < 300; round++)
        {
            int count = 1 + random.NextInt32(500);
            double seconds = Math.Exp((random.NextDouble() * 16) - 4);
            double[] due = [.. Build(Scenario(count, seconds), SampleQuestions.All).Questions.Select(q => q.PlannedSeconds)];
            Assert.Equal(count, due.Length);
            Assert.Equal(0, due[0]);
            Assert.True(due[^1] < seconds);
            for (int i = 1; i < count; i++)
                Assert.Equal(seconds / count, due[i] - due[i - 1], seconds * 1e-12);
        }
    }

    [Fact]
    public void A_short_list_is_cycled_in_order_whatever_the_common_weight()
    {
        foreach (double weight in new[] { 1, 0.1, 3, 1e-9 })
        {
            Question[] list = [.. Enumerable.Range(0, 7).Select(i => new Question { Id = $"{i}", Text = $"T{i}", Weight = weight })];
            Plan plan = Build(Scenario(30), list);
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"T{i % 7}"), plan.Questions.Select(q => q.Text));
        }
    }

    [Fact]
    public void A_long_list_is_cut() => Assert.Equal(["A", "B"], Build(Scenario(2), List("A", "B", "C")).Questions.Select(q => q.Text));

    [Fact]
    public void Weights_are_met_at_every_length_and_the_heavy_question_is_spread()
    {
        SeededRandom random = new(5);
        for (int round = 0; round < 100; round++)
        {
            Question[] list =
            [
                .. Enumerable.Range(0, 2 + random.NextInt32(6))
                    .Select(i => new Question { Id = $"{i}", Text = $"T{i}", Weight = 1 + random.NextInt32(9) }),
            ];
            int total = (int)list.Sum(q => q.Weight);
            PlannedQuestion[] asked = [.. Build(Scenario(total * 3), list).Questions];
            for (int cycle = 1; cycle <= 3; cycle++)
            {
                foreach (Question question in list)
                    Assert.Equal(question.Weight * cycle, asked.Take(total * cycle).Count(q => q.QuestionId == question.Id));
            }
        }

        Plan plan = Build(Scenario(8), [Weighted("a", 2), Weighted("b", 1), Weighted("c", 1)]);
        Assert.Equal("abcaabca", string.Concat(plan.Questions.Select(q => q.Text)));
    }

    [Fact]
    public void Rows_of_one_label_are_turns_of_one_conversation_and_each_pass_opens_a_new_one()
    {
        Question[] list = [Talk("A", "t"), Talk("B", null), Talk("C", "t"), Talk("D", "u")];

        Plan plan = Build(Scenario(7), list);

        Assert.Equal(
            [("A", "t#1", 1), ("B", null, 1), ("C", "t#1", 2), ("D", "u#1", 1), ("A", "t#2", 1), ("B", null, 1), ("C", "t#2", 2)],
            plan.Questions.Select(q => (q.Text, q.Conversation, q.Turn)));
    }

    [Fact]
    public void A_label_that_looks_like_a_later_pass_does_not_share_its_conversation()
    {
        Plan plan = Build(Scenario(4), [Talk("A", "t"), Talk("B", "t#2")]);

        Assert.Equal(4, plan.Questions.Select(q => q.Conversation).Distinct().Count());
        Assert.All(plan.Questions, q => Assert.Equal(1, q.Turn));
    }

    [Fact]
    public void Turns_stay_in_order_without_gaps_under_any_weights()
    {
        SeededRandom random = new(9);
        for (int round = 0; round < 200; round++)
        {
            double[] weights = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() + 0.01)];
            Question[] list =
            [
                .. Enumerable.Range(0, 3 + random.NextInt32(10)).Select(i => random.NextInt32(4))
                    .Select((label, i) => Talk($"T{i}", $"c{label}", $"{i}", weights[label])),
            ];
            foreach (IGrouping<string?, PlannedQuestion> talk in Build(Scenario(60), list).Questions.GroupBy(q => q.Conversation))
            {
                Assert.Equal(Enumerable.Range(1, talk.Count()), talk.Select(q => q.Turn));
                string label = talk.Key![..talk.Key!.IndexOf('#', StringComparison.Ordinal)];
                string[] rows = [.. list.Where(q => q.Conversation == label).Select(q => q.Id)];
                Assert.Equal(rows.Take(talk.Count()), talk.Select(q => q.QuestionId));
            }
        }
    }

    [Fact]
    public void Without_uniqueness_the_text_is_asked_to_the_letter() =>
        Assert.Equal(["A", "A", "A"], Build(Scenario(3), List("A")).Questions.Select(q => q.Text));

    [Fact]
    public void Unique_questions_never_repeat_within_a_run_nor_in_one_of_another_seed()
    {
        Question[] list = [Talk("What?", null, "1"), Talk("what?", null, "2"), Talk("Which?", null, "3")];

        string[] first = Texts(1);
        string[] second = Texts(2);

        Assert.Equal("What? (iteration 1, run 00000001)", first[0]);
        Assert.Equal("what? (iteration 2, run 00000001)", first[1]);
        Assert.Equal("Which? (iteration 1, run 00000001)", first[2]);
        Assert.Equal("What? (iteration 3, run 00000001)", first[3]);
        Assert.Equal(200, first.Concat(second).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(first, Texts(1));

        string[] Texts(int seed) =>
        [
            .. PlanBuilder.Build(Scenario(100), list, new PlanOptions { Seed = seed, UniqueQuestion = true }).Questions
                .Select(q => q.Text),
        ];
    }

    [Fact]
    public void A_question_that_its_suffix_makes_too_long_is_refused()
    {
        Question[] list = [new() { Id = "long", Text = new string('x', 9_990) }];

        Assert.Equal(3, Build(Scenario(3), list).QuestionCount);
        ErrorAssert.Refused(
            "QuestionTooLongForSuffix",
            () => PlanBuilder.Build(Scenario(3), list, new PlanOptions { Seed = 1, UniqueQuestion = true }), "'long'");
    }

    [Fact]
    public void The_same_seed_makes_the_same_plan()
    {
        Plan one = Build(ScenarioCatalog.Find("sustained_load"), SampleQuestions.All);
        Plan two = Build(ScenarioCatalog.Find("sustained_load"), SampleQuestions.All);

        Assert.Equal(one.Questions.Select(Fields), two.Questions.Select(Fields));

        static (int, double, string, string) Fields(PlannedQuestion q) => (q.Index, q.PlannedSeconds, q.QuestionId, q.Text);
    }

    [Fact]
    public void A_name_of_one_s_own_is_kept_and_a_bad_one_refused()
    {
        Assert.Equal("Nightly", PlanBuilder.Build(Scenario(1), List("A"), new PlanOptions { Seed = 1, Name = " Nightly " }).Name);
        foreach (string name in new[] { " ", "a\nb", new string('n', 201) })
        {
            ErrorAssert.Refused(
                "InvalidTestName", () => PlanBuilder.Build(Scenario(1), List("A"), new PlanOptions { Seed = 1, Name = name }));
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        ErrorAssert.Refused("NoQuestions", () => Build(Scenario(1), []));
        ErrorAssert.Refused("EmptyQuestion", () => Build(Scenario(1), [new Question { Id = "a", Text = " " }]));
        ErrorAssert.Refused("InvalidQuestionCount", () => Build(Scenario(0), List("A")));
    }

    [Fact]
    public void A_million_questions_are_planned()
    {
        Plan plan = Build(Scenario(1_000_000, 3600), SampleQuestions.All);

        Assert.Equal(999_999 * 3600.0 / 1_000_000, plan.Questions[^1].PlannedSeconds);
        Assert.Equal("q10", plan.Questions[^1].QuestionId);
    }

    private static Scenario Scenario(int count, double? seconds = null) => ScenarioRulesTests.Make(questions: count, seconds: seconds);

    private static IReadOnlyList<Question> List(params string[] texts) => QuestionList.FromTexts(texts);

    private static Question Talk(string text, string? conversation, string id = "", double weight = 1) =>
        new() { Id = id, Text = text, Conversation = conversation, Weight = weight };

    private static Question Weighted(string text, double weight) => new() { Id = text, Text = text, Weight = weight };

    private static Plan Build(Scenario scenario, IReadOnlyList<Question> questions) =>
        PlanBuilder.Build(scenario, questions, new PlanOptions { Seed = 42 });
}
