using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The plan of a new load test: made from its request, or given with it.</summary>
/// <param name="Whole">The whole plan.</param>
/// <param name="Own">The part that the test asks.</param>
/// <param name="Thresholds">What the run is to meet.</param>
internal sealed record RequestedPlan(Plan Whole, Plan Own, IReadOnlyList<Threshold> Thresholds)
{
    /// <summary>Makes or takes the plan.</summary>
    /// <param name="request">The request.</param>
    /// <param name="several">The connections that share its questions; <see langword="null"/> for one.</param>
    /// <exception cref="GenieLoadException">Whatever is wrong with what makes a plan, with the shard, or with thresholds.</exception>
    public static RequestedPlan Of(LoadTestRequest request, IReadOnlyList<RunConnection>? several)
    {
        Plan planned = request.Plan is Plan given ? Given(request, given) : Made(request, several);
        IReadOnlyCollection<string> texts =
            request.Thresholds.Count == 0 && planned.Thresholds is string kept ? [kept] : request.Thresholds;
        (Plan plan, IReadOnlyList<Threshold> thresholds) = RunThresholds.Set(planned, texts, request.Scenario);
        if (request.CheckAnswer)
        {
            plan = plan with { ExpectedQueries = ExpectedCheck.QueriesOf(plan, request.Questions, request.Options.Run) };
            plan = plan with { Hash = PlanHash.Of(plan) };
        }
        return new RequestedPlan(plan, PlanShards.Of(plan, request.Start.Shard), thresholds);
    }

    private static Plan Made(LoadTestRequest request, IReadOnlyList<RunConnection>? several)
    {
        if (request.Start.Shard is not null)
            throw SessionsErrors.ShardWithoutPlan(request.Start.Shard.Value);
        var options = new PlanOptions
        {
            Name = request.Name,
            Connections = several,
            Seed = request.Seed ?? Random.Shared.Next(),
            UniqueQuestion = request.UniqueQuestion,
        };
        return request.ReplaySpeed is double speed ? Replay(request, speed, options) : PlanBuilder.Build(
            request.Overrides.Apply(request.Scenario, request.Questions?.Count ?? 0), request.Questions ?? SampleQuestions.All, options);
    }

    private static Plan Replay(LoadTestRequest request, double speed, PlanOptions options) =>
        request.Scenario is Scenario scenario ? throw PlanningErrors.ReplayConflict($"The scenario '{scenario.Name}'")
        : request.Questions is not IReadOnlyList<Question> recorded ? throw PlanningErrors.QuestionNotRecorded(null, 0)
        : ReplayPlan.Build(recorded, speed, request.Overrides, options);

    /// <summary>Everything that makes a plan is in it already.</summary>
    private static Plan Given(LoadTestRequest request, Plan plan)
    {
        PlanFile.RequireWhole(plan);
        (string Parameter, bool IsGiven)[] others =
        [
            ("Scenario", request.Scenario is not null), ("Question", request.Questions is not null), ("Seed", request.Seed is not null),
            ("Replay", request.ReplaySpeed is not null), ("Name", request.Name is not null), ("UniqueQuestion", request.UniqueQuestion),
            ("ConnectionWeight", request.ConnectionWeights is not null), ("CheckAnswer", request.CheckAnswer),
        ];
        if (Array.Find(others, other => other.IsGiven) is { Parameter: string parameter })
            throw SessionsErrors.PlanConflict($"-{parameter}");
        return request.Overrides.IsEmpty ? plan : throw SessionsErrors.PlanConflict("A parameter that overrides the scenario");
    }
}
