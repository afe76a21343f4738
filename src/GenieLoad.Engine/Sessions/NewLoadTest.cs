using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>A new load test.</summary>
internal sealed class NewLoadTest : LoadTestSession
{
    private readonly LoadTestRequest _request;
    private readonly IReadOnlyList<RunConnection>? _several;
    private readonly IReadOnlyList<Threshold> _thresholds;

    private NewLoadTest(
        LoadTestRequest request, Plan plan, IReadOnlyList<RunConnection>? several, IReadOnlyList<Threshold> thresholds)
        : base(plan, request.Options)
    {
        _request = request;
        _several = several;
        _thresholds = thresholds;
        Preview = PlanPreviewBuilder.Build(plan, request.WorkspaceLimit, CostOf(request));
    }

    public override PlanPreview Preview { get; }

    public override string Describe(int width = 0) =>
        PlanPreviewText.Format(Preview, width,
        [
            ("Retries", $"{Options.Run.Retry}"),
            .. QuestionModes.HaveChat(Plan) ? [("Polls", $"{Options.Run.Poll}")] : Array.Empty<(string, string)>(),
            .. QuestionModes.HaveAgent(Plan.Questions) ? [("Streams", StreamText)] : Array.Empty<(string, string)>(),
            .. Plan.ExpectedQueries is { } queries ? [("Expected SQL", ExpectedText(queries.Count))] : Array.Empty<(string, string)>(),
            .. Options.Evaluations.Count == 0 ? Array.Empty<(string, string)>() : [("Evaluations", EvaluationText)],
        ]);

    private string StreamText => FormattableString.Invariant(
        $"at most {Options.Run.StreamIdleSeconds:0.###} s without an event, then the answer is looked up");

    private string EvaluationText =>
        $"{string.Join(", ", Options.Evaluations)}; each asks every benchmark of the space (at most {EvaluationRequest.MostBenchmarks}), "
        + "beside the questions and cost above; a budget counts them";

    public override bool AsksForConsent =>
        !(_request.Scenario is { } scenario && BuiltInScenarios.All.Contains(scenario) && _request.Overrides.IsEmpty)
        && !Connections.All(connection => connection.IsSimulator);

    public override IEnumerable<string> Warnings => PlannedThresholds.Warnings(Plan, _thresholds)
        .Concat(_request.ReplaySpeed is null ? [] : ReplayPlan.Warnings(Preview, _request.Questions!));

    private protected override int ConversationCount => Preview.ConversationCount;

    private protected override IReadOnlyList<Threshold> Demanded => _request.FailOnThreshold ? _thresholds : [];

    public static new NewLoadTest Of(LoadTestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<RunConnection>? several = request.Connections.Count > 1 || request.ConnectionWeights is not null
            ? RunConnections.Of(request.Connections, request.ConnectionWeights)
            : null;
        if (request.Connections.Count > 1 && request.SpaceId is not null)
            throw SessionsErrors.OneSpaceForSeveralConnections(request.SpaceId);
        var options = new PlanOptions
        {
            Name = request.Name,
            Connections = several,
            Seed = request.Seed ?? Random.Shared.Next(),
            UniqueQuestion = request.UniqueQuestion,
        };
        Plan planned = request.ReplaySpeed is double speed ? Replay(request, speed, options) : PlanBuilder.Build(
            request.Overrides.Apply(request.Scenario, request.Questions?.Count ?? 0), request.Questions ?? SampleQuestions.All, options);
        (Plan plan, IReadOnlyList<Threshold> thresholds) = RunThresholds.Set(planned, request.Thresholds, request.Scenario);
        if (thresholds.Count == 0 && (request.FailOnThreshold || request.AbortDelaySeconds is not null))
            throw RunThresholds.Missing(request.FailOnThreshold ? nameof(request.FailOnThreshold) : "AbortOnFail");
        request.Options.Validate();
        if (!request.CheckAnswer && thresholds.FirstOrDefault(one => one.Figure.Name == FigureCatalog.ExpectedAnswerShare) is { } share)
            throw SessionsErrors.ThresholdNeedsCheck(share.Text);
        if (request.CheckAnswer)
        {
            plan = plan with { ExpectedQueries = ExpectedCheck.QueriesOf(plan, request.Questions, request.Options.Run) };
            plan = plan with { Hash = PlanHash.Of(plan) };
        }
        return new NewLoadTest(request, plan, several, thresholds);
    }

    private static Plan Replay(LoadTestRequest request, double speed, PlanOptions options) =>
        request.Scenario is Scenario scenario ? throw PlanningErrors.ReplayConflict($"The scenario '{scenario.Name}'")
        : request.Questions is not IReadOnlyList<Question> recorded ? throw PlanningErrors.QuestionNotRecorded(null, 0)
        : ReplayPlan.Build(recorded, speed, request.Overrides, options);

    private string ExpectedText(int count) => ExpectedCheck.Text(count) + (_several is null ? "" : ", for each connection");

    /// <summary>What is known of the warehouses that the test will use; of the space of another connection nothing is.</summary>
    private static PlanCost CostOf(LoadTestRequest request)
    {
        IReadOnlyList<Connection> asked = request.Connections.Count > 0 ? request.Connections
            : request.Current is Connection current ? [current]
            : [];
        return new PlanCost(
            [
                .. asked.DistinctBy(connection => (connection.WorkspaceUrl, connection.WarehouseId)).Select(connection =>
                    request.SpaceId is null || request.SpaceId == connection.SpaceId
                        ? WarehouseSpec.Of(connection)
                        : WarehouseSpec.Unknown),
            ],
            request.Prices, request.Options.Budget.MostQuestions);
    }

    private protected override IReadOnlyList<SessionSpace> SpacesOf(IReadOnlyList<Connection> connections)
    {
        IReadOnlyList<RunConnection>? named = Plan.Connections ?? _several;
        return
        [
            .. connections.Select((connection, i) => new SessionSpace(
                connection, AskedSpace.Of(_request.SpaceId, connection), named?[i])),
        ];
    }

    private protected override Task<LoadRun> CarryOutAsync(
        IReadOnlyList<RunTarget> targets, IRunWatcher watcher, CancellationToken stop)
    {
        List<IStopRule> rules = [.. Options.Rules()];
        if (_request.AbortDelaySeconds is double delay)
            rules.Add(new AbortRule(_thresholds, delay, Options.Budget.GraceSeconds));
        return LoadTest.RunAsync(targets, Plan, RunOptions, _request.Store, watcher, stop, rules);
    }
}
