using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class PlanHashTests
{
    private static readonly Scenario Poisson =
        new() { Name = "a", QuestionCount = 200, WorkerCount = 10, Arrival = ArrivalShape.Poisson, Rate = "20/min" };

    [Fact]
    public void The_same_seed_gives_the_same_hash_on_every_platform() => AssertHash(
        // Made once and written down: another platform, or another version, that plans differently fails here.
        "c76df78612f0f6dd4f290214f7cab5a2386e1076a15a703bbcf58ef5c77bc4cb",
        Build(Poisson));

    [Fact]
    public void A_bursty_plan_is_the_same_on_every_platform_too() => AssertHash(
        "e47a41ce6fa042016dce2e834252c6f242131db48e7f3a1bae803f3b915ebbf4",
        Build(Poisson with { Arrival = ArrivalShape.Gamma, Burstiness = 3, TurnsPerConversation = 4, ThinkTime = "2s-10s" }));

    [Fact]
    public void Anything_that_is_asked_otherwise_gives_another_hash()
    {
        Plan plan = Build(Poisson);
        PlannedQuestion first = plan.Questions[0];
        PlannedQuestion With(double? at = null, string? text = null, string? conversation = null) => new()
        {
            Index = first.Index, PlannedSeconds = at ?? first.PlannedSeconds, QuestionId = first.QuestionId, Text = text ?? first.Text,
            Conversation = conversation,
        };
        Plan Changed(PlannedQuestion question) =>
            plan with { Questions = new RowList<PlannedQuestion>([question, .. plan.Questions.Skip(1)]) };
        string?[] hashes =
        [
            plan.Hash,
            Build(Poisson, seed: 2).Hash,
            Build(Poisson with { WorkerCount = 11 }).Hash,
            PlanHash.Of(Changed(With(at: first.PlannedSeconds + 1e-5))),
            PlanHash.Of(Changed(With(text: first.Text + " "))),
            PlanHash.Of(Changed(With(conversation: "c"))),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void The_name_of_the_test_changes_nothing()
    {
        Plan plan = Build(Poisson);

        Assert.Equal(plan.Hash, PlanBuilder.Build(Poisson, SampleQuestions.All, new PlanOptions { Seed = 1, Name = "other" }).Hash);
        Assert.Equal(plan.Hash, PlanHash.Of(plan));
        Assert.Matches("^[0-9a-f]{64}$", plan.Hash);
    }

    private static void AssertHash(string expected, Plan plan) => Assert.True(expected == plan.Hash, $"the hash is {plan.Hash}");

    private static Plan Build(Scenario scenario, int seed = 1) =>
        PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = seed });
}
