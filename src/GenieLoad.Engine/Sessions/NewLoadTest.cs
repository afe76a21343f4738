using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
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
    private readonly Plan _whole;

    private NewLoadTest(LoadTestRequest request, RequestedPlan plan, IReadOnlyList<RunConnection>? several)
        : base(plan.Own, request.Options)
    {
        _request = request;
        _several = several;
        _thresholds = plan.Thresholds;
        _whole = plan.Whole;
        Preview = PlanPreviewBuilder.Build(plan.Own, request.WorkspaceLimit, CostOf(request));
    }

    public override PlanPreview Preview { get; }

    public override string Describe(int width = 0) =>
        PlanPreviewText.Format(Preview, width,
        [
            .. _request.Start.At is DateTime at ? [("Starts", StartText(at))] : Array.Empty<(string, string)>(),
            ("Retries", $"{Options.Run.Retry}"),
            .. QuestionModes.HaveChat(Plan) ? [("Polls", $"{Options.Run.Poll}")] : Array.Empty<(string, string)>(),
            .. QuestionModes.HaveAgent(Plan.Questions) ? [("Streams", StreamText)] : Array.Empty<(string, string)>(),
            .. Plan.ExpectedQueries is { } queries ? [("Expected SQL", ExpectedText(queries.Count))] : Array.Empty<(string, string)>(),
            .. Options.Evaluations.Count == 0 ? Array.Empty<(string, string)>() : [("Evaluations", EvaluationText)],
        ]);

    // On every machine the same, also where it is another hour.
    private string StartText(DateTime at) => FormattableString.Invariant($"{at:yyyy-MM-dd HH:mm:ss} UTC")
        + (_request.Start.Place is string place ? $", from {place}" : "");

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

    private protected override RunStore Store => _request.Store;

    private protected override IReadOnlyList<Threshold> Demanded => _request.FailOnThreshold ? _thresholds : [];

    public static new NewLoadTest Of(LoadTestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<RunConnection>? several = request.Connections.Count > 1 || request.ConnectionWeights is not null
            ? RunConnections.Of(request.Connections, request.ConnectionWeights)
            : null;
        if (request.Connections.Count > 1 && request.SpaceId is not null)
            throw SessionsErrors.OneSpaceForSeveralConnections(request.SpaceId);
        StartChecks.Check(request);
        RequestedPlan plan = RequestedPlan.Of(request, several);
        if (plan.Thresholds.Count == 0 && (request.FailOnThreshold || request.AbortDelaySeconds is not null))
            throw RunThresholds.Missing(request.FailOnThreshold ? nameof(request.FailOnThreshold) : "AbortOnFail");
        request.Options.Validate();
        if (plan.Whole.ExpectedQueries is null
            && plan.Thresholds.FirstOrDefault(one => one.Figure.Name == FigureCatalog.ExpectedAnswerShare) is { } share)
            throw SessionsErrors.ThresholdNeedsCheck(share.Text);
        SessionOptions own = request.Options with { Budget = request.Options.Budget.ShareOf(request.Start.Shard) };
        return new NewLoadTest(request with { Options = own }, plan, several);
    }

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
        // A plan that was made elsewhere may list them in another order.
        IReadOnlyList<RunConnection>? named = _request.Plan is { Connections: { } planned }
            ? RunConnections.Planned(connections, planned)
            : Plan.Connections ?? _several;
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
        return LoadTest.RunAsync(targets, _whole, RunOptions, _request.Store, watcher, stop, rules, _request.Start);
    }
}
