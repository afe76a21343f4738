using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class QuestionModesTests
{
    private static readonly AdmissionLimit Limit = new(5);

    [Fact]
    public void A_plan_in_chat_mode_says_nothing_of_modes_and_one_in_agent_mode_says_it_of_each_question()
    {
        Plan chat = Plan(Scenario(20));
        Plan agent = Plan(Scenario(20) with { Mode = "Agent" });

        Assert.All(chat.Questions, question => Assert.Null(question.Mode));
        Assert.All(agent.Questions, question => Assert.Equal("Agent", question.Mode));
        Assert.NotEqual(chat.Hash, agent.Hash);
        Assert.Equal(chat.Hash, PlanHash.Of(agent with
        {
            Questions = new RowList<PlannedQuestion>([.. agent.Questions.Select(question => question with { Mode = null })]),
        }));
    }

    [Theory]
    [InlineData("Chat, Agent", null, 21, 20)]
    [InlineData("Chat, Agent", "3, 1", 31, 10)]
    [InlineData("Agent, Chat", "3, 1", 10, 31)]
    [InlineData("Chat, Agent", "0.1, 0.7", 5, 36)]
    public void Shares_are_as_near_to_the_weights_as_whole_numbers_allow(string modes, string? weights, int chat, int agent)
    {
        Plan plan = Plan(Scenario(41) with { Mode = modes, ModeWeight = weights });

        Assert.Equal((chat, agent), (Count(plan, null), Count(plan, "Agent")));
    }

    [Fact]
    public void Which_are_asked_in_which_mode_is_drawn_from_the_seed_and_part_of_the_hash()
    {
        Scenario mixed = Scenario(60) with { Mode = "Chat, Agent" };
        Plan plan = Plan(mixed, seed: 5);

        Assert.Equal((plan.Hash, Assigned(plan)), (Plan(mixed, seed: 5).Hash, Assigned(Plan(mixed, seed: 5))));
        Assert.NotEqual(Assigned(plan), Assigned(Plan(mixed, seed: 6)));
        Assert.NotEqual(plan.Hash, Plan(mixed with { ModeWeight = "2, 1" }, seed: 5).Hash);
        // With ten questions and two modes, taking turns would ask the same five in each for ever.
        Assert.Contains(plan.Questions.GroupBy(question => question.QuestionId), same => same.Select(q => q.Mode).Distinct().Count() == 2);
    }

    [Fact]
    public void A_conversation_and_a_user_stay_in_their_mode()
    {
        Scenario mixed = Scenario(60) with { Mode = "Chat, Agent", ModeWeight = "2, 1" };

        Plan talk = Plan(mixed with { TurnsPerConversation = 3, ThinkTime = "2s" });
        Plan closed = Plan(mixed with { Arrival = ArrivalShape.Closed, UserCount = 12, QuestionsPerUser = 5, TurnsPerConversation = 2 });

        Assert.All(talk.Questions.GroupBy(question => question.Conversation), turns => Assert.Single(turns.Select(q => q.Mode).Distinct()));
        Assert.All(closed.Questions.GroupBy(question => question.User), own => Assert.Single(own.Select(q => q.Mode).Distinct()));
        Assert.Equal((21, 20), (Count(talk, "Agent"), Count(closed, "Agent")));
    }

    [Theory]
    [InlineData(40, 2, "3, 1")]
    [InlineData(40, 3, "1, 1")]
    [InlineData(12, 12, "1, 1")]
    [InlineData(50, 20, "4, 1")]
    public void Each_connection_has_its_share_and_all_together_too(int questions, int connections, string weights)
    {
        Plan plan = Plan(Scenario(questions) with { Mode = "Chat, Agent", ModeWeight = weights }, connections: connections);
        double share = 1 / ScenarioModes.Of("Chat, Agent", weights).Sum(mode => mode.Weight);

        Assert.Equal(Math.Round(questions * share, MidpointRounding.ToZero), Count(plan, "Agent"));
        Assert.All(plan.Questions.GroupBy(question => question.Connection), own => Assert.InRange(
            own.Count(question => question.Mode == "Agent"), (own.Count() * share) - 1, (own.Count() * share) + 1));
        // Connections are drawn before modes, so that modes change nothing of them.
        Assert.Equal(
            Plan(Scenario(questions), connections: connections).Questions.Select(question => question.Connection),
            plan.Questions.Select(question => question.Connection));
    }

    [Fact]
    public void A_replay_a_baseline_and_a_probe_ask_in_the_modes_that_they_are_given()
    {
        Question[] recorded = [.. Enumerable.Range(0, 8).Select(i => new Question
        {
            Id = $"q{i}", Text = $"Question {i}?", AskedAt = DateTime.UnixEpoch.AddSeconds(10 * i), RecordedSeconds = 5,
        })];
        var asked = new AskedOfSpace(SampleQuestions.All) { Modes = ScenarioModes.Of("Chat, Agent", "1, 3") };

        Plan replay = ReplayPlan.Build(
            recorded, 1, new ScenarioOverrides { Mode = ["Chat", "Agent"], ModeWeight = [3, 1] }, new PlanOptions { Seed = 1 });
        Plan baseline = BaselinePlan.Of(30, Limit, asked with { Modes = ScenarioModes.Of("Agent") }, seed: 1);
        Plan probe = ProbePlan.Of([0, 1, 2, 3], 30, ThinkTime.Exponential(60), Limit, asked, seed: 1);

        Assert.Equal((2, 30), (Count(replay, "Agent"), Count(baseline, "Agent")));
        Assert.Equal(3, probe.Questions.Where(question => question.Mode == "Agent").Select(question => question.User).Distinct().Count());
        Assert.All(probe.Questions.GroupBy(question => question.User), own => Assert.Single(own.Select(q => q.Mode).Distinct()));
        Assert.All(new[] { replay, baseline, probe }, plan => Assert.Equal(plan.Hash, PlanHash.Of(plan)));
    }

    [Theory]
    [InlineData("Chat", null, "Questions:      40, 10 different\n", "Chat")]
    [InlineData("Agent", null, "Questions:      40, 10 different; in agent mode\n", "Agent")]
    [InlineData("Agent, Chat", "1, 3", "Questions:      40, 10 different; 30 in chat mode, 10 in agent mode\n", "Chat 75 %, Agent 25 %")]
    public void A_plan_says_its_modes_in_words(string modes, string? weights, string line, string name)
    {
        Plan plan = Plan(Scenario(40) with { Mode = modes, ModeWeight = weights });

        Assert.Contains(line, PlanPreviewText.Format(PlanPreviewBuilder.Build(plan)), StringComparison.Ordinal);
        Assert.Equal((name, name == "Chat" ? null : name), (QuestionModes.Name(plan), QuestionModes.NameUnlessChat(plan)));
    }

    [Fact]
    public void A_plan_without_questions_is_one_in_chat_mode()
    {
        Plan none = Plan(Scenario(1)) with { Questions = new RowList<PlannedQuestion>([]) };

        Assert.Null(QuestionModes.InWords(none.Questions));
        Assert.Null(QuestionModes.NameUnlessChat(none));
    }

    private static Scenario Scenario(int questions) => ScenarioRulesTests.Make(questions: questions);

    private static Plan Plan(Scenario scenario, int seed = 1, int connections = 1) => PlanBuilder.Build(scenario, SampleQuestions.All,
        new PlanOptions
        {
            Seed = seed,
            Connections = connections == 1
                ? null
                : RunConnections.Of([.. Enumerable.Range(0, connections).Select(i => RunConnectionsTests.Make($"c{i}"))]),
        });

    private static int Count(Plan plan, string? mode) => plan.Questions.Count(question => question.Mode == mode);

    private static string Assigned(Plan plan) => string.Concat(plan.Questions.Select(question => question.Mode ?? "-"));
}
