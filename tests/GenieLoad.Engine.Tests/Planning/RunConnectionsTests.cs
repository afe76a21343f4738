using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class RunConnectionsTests
{
    [Fact]
    public void Shares_are_as_near_to_the_weights_as_whole_numbers_allow()
    {
        Plan plan = Plan(questions: 41, [3, 1]);

        Assert.Equal([31, 10], plan.Connections!.Select(connection => connection.QuestionCount));
        Assert.Equal(31, plan.Questions.Count(question => question.Connection == "a"));
    }

    [Fact]
    public void Which_go_where_is_drawn_from_the_seed_and_part_of_the_hash()
    {
        Plan plan = Plan(questions: 60, [1, 1], seed: 5);

        Assert.Equal(plan.Hash, Plan(questions: 60, [1, 1], seed: 5).Hash);
        Assert.Equal(Assigned(plan), Assigned(Plan(questions: 60, [1, 1], seed: 5)));
        Assert.NotEqual(Assigned(plan), Assigned(Plan(questions: 60, [1, 1], seed: 6)));
        Assert.NotEqual(plan.Hash, Plan(questions: 60, [2, 1], seed: 5).Hash);
        Assert.NotEqual(plan.Hash, PlanBuilder.Build(Scenario(60), SampleQuestions.All, new PlanOptions { Seed = 5 }).Hash);
        // With ten questions and two connections, taking turns would give each connection the same five for ever.
        Assert.Contains(plan.Questions.GroupBy(question => question.QuestionId),
            same => same.Select(q => q.Connection).Distinct().Count() == 2);
    }

    [Fact]
    public void Two_places_of_work_have_one_hash()
    {
        Plan Named(string first, string second) => PlanBuilder.Build(
            Scenario(20), SampleQuestions.All, new PlanOptions { Seed = 1, Connections = RunConnections.Of([Make(first), Make(second)]) });

        Assert.Equal(Named("dev-1", "dev-2").Hash, Named("prod-1", "prod-2").Hash);
    }

    [Fact]
    public void A_conversation_and_a_user_stay_on_their_connection()
    {
        var options = new PlanOptions { Seed = 3, Connections = Named([2, 1]) };
        Scenario talks = Scenario(60) with { TurnsPerConversation = 3, ThinkTime = "2s" };
        Scenario users = Scenario(60) with { Arrival = ArrivalShape.Closed, UserCount = 12, QuestionsPerUser = 5 };

        Plan talk = PlanBuilder.Build(talks, SampleQuestions.All, options);
        Plan closed = PlanBuilder.Build(users, SampleQuestions.All, options);

        Assert.All(talk.Questions.GroupBy(question => question.Conversation),
            turns => Assert.Single(turns.Select(q => q.Connection).Distinct()));
        Assert.All(closed.Questions.GroupBy(question => question.User), own => Assert.Single(own.Select(q => q.Connection).Distinct()));
        Assert.Equal([39, 21], talk.Connections!.Select(connection => connection.QuestionCount));
        Assert.Equal([40, 20], closed.Connections!.Select(connection => connection.QuestionCount));
    }

    [Fact]
    public void Names_come_from_the_connection_or_its_space_and_tell_all_apart()
    {
        Connection Bare(string space, string credential, string? title = null) =>
            new() { WorkspaceUrl = "https://w.example", SpaceId = space, SpaceTitle = title, Credential = credential,
                ConnectedAt = DateTime.UnixEpoch };

        Assert.Equal(
            ["mine", "Sales", "Retail (Profile A)", "Retail (Profile B)", "Retail (Profile B) #2", "s9"],
            RunConnections.Of(
            [
                Make("mine"), Bare("s1", "x", "Sales"), Bare("s2", "Profile A", "Retail"), Bare("s2", "Profile B", "Retail"),
                Bare("s2", "Profile B", "Retail"), Bare("s9", "x"),
            ]).Select(connection => connection.Name));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Connection a = Make("a");
        ErrorAssert.Refused("ConnectionTwice", () => RunConnections.Of([a, Make("b"), a]));
        ErrorAssert.Refused("ConnectionNameTwice", () => RunConnections.Of([a, Make("A")]));
        ErrorAssert.Refused("WrongWeightCount", () => RunConnections.Of([a, Make("b")], [1, 2, 3]));
        ErrorAssert.Refused("InvalidConnectionWeight", () => RunConnections.Of([a, Make("b")], [1, 0]));
        ErrorAssert.Refused("InvalidConnectionWeight", () => RunConnections.Of([a, Make("b")], [1, double.NaN]));
        ErrorAssert.Refused("ConnectionWithoutSpace", () => RunConnections.Of(
            [a, new Connection { WorkspaceUrl = "https://w.example", Credential = "x", ConnectedAt = DateTime.UnixEpoch }]));
    }

    [Fact]
    public void Each_workspace_has_a_limit_of_its_own()
    {
        Connection Of(string name, string workspace) =>
            new() { Name = name, WorkspaceUrl = workspace, SpaceId = name, Credential = "x", ConnectedAt = DateTime.UnixEpoch };
        PlanPreview Preview(params Connection[] connections) => PlanPreviewBuilder.Build(PlanBuilder.Build(
            Scenario(40), SampleQuestions.All, new PlanOptions { Seed = 1, Connections = RunConnections.Of(connections) }));

        Assert.Equal(8 * 60, Preview(Of("a", "https://w1"), Of("b", "https://w1")).LeastSeconds);
        PlanPreview two = Preview(Of("a", "https://w1"), Of("b", "https://w2"));
        Assert.Equal(4 * 60, two.LeastSeconds);
        Assert.Contains("Connections:    a 20, b 20", PlanPreviewText.Format(two), StringComparison.Ordinal);
        Assert.Contains(
            "Takes:          at least 4 min at 5 questions a minute per workspace", PlanPreviewText.Format(two), StringComparison.Ordinal);
    }

    internal static Connection Make(string name) =>
        new() { Name = name, WorkspaceUrl = $"https://{name}.example", SpaceId = $"space-{name}", Credential = "test",
            ConnectedAt = DateTime.UnixEpoch };

    private static IReadOnlyList<RunConnection> Named(double[] weights) => RunConnections.Of([Make("a"), Make("b")], weights);

    private static Scenario Scenario(int questions) => ScenarioRulesTests.Make(questions: questions);

    private static Plan Plan(int questions, double[] weights, int seed = 1) =>
        PlanBuilder.Build(Scenario(questions), SampleQuestions.All, new PlanOptions { Seed = seed, Connections = Named(weights) });

    private static string Assigned(Plan plan) => string.Concat(plan.Questions.Select(question => question.Connection));
}
