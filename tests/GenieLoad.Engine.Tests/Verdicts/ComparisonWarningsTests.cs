using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public class ComparisonWarningsTests
{
    private static readonly RunHeader Header = SampleRun.Header("20261123-120000-high_load-0001") with
    {
        IsSimulator = false, PollPolicy = "every 1 s", RetryPolicy = "5 retries",
    };

    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 20 };

    private static LoadRun Run(
        RunHeader? header = null, Plan? plan = null, string state = RunState.Completed, string? reason = null,
        GeneratorRecord? generator = null,
        double throttleSeconds = 0) => RunSummarizer.Summarize(
        header ?? Header, plan ?? SampleRun.Plan(2), [Row(1, throttleSeconds), Row(2, throttleSeconds)],
        new RunStatus(state, SampleRun.StartedAt, 45) { Reason = reason, Generator = generator ?? SampleRun.Generator });

    private static QuestionResult Row(int index, double throttleSeconds) => new()
    {
        Index = index, QuestionId = $"q{index}", Question = $"Question {index}?", Outcome = Outcome.Completed, ResponseSeconds = 10,
        ThrottleSeconds = throttleSeconds, PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0, StartedOffsetSeconds = 0,
        CompletedOffsetSeconds = 10,
        LagSeconds = 0.001,
    };

    private static string[] Warnings(LoadRun difference) => [.. RunComparer.Compare(Run(), difference, Quick).Warnings];

    private static RunHeader Other(Func<RunHeader, RunHeader>? change = null)
    {
        RunHeader other = Header with { RunId = "20261123-130000-high_load-0002" };
        return change is null ? other : change(other);
    }

    [Fact]
    public void Two_runs_of_one_kind_have_no_warning() => Assert.Empty(Warnings(Run(Other())));

    [Fact]
    public void Another_scenario_is_warned_of() =>
        Assert.Equal(["Scenario differs: high_load, then light_load."],
            Warnings(Run(Other(header => header with { ScenarioName = "light_load" }))));

    [Fact]
    public void Another_shape_of_the_same_scenario_is_warned_of() => Assert.Equal(
        ["Number of workers differs: 10, then 3.", "Arrival differs: Even, then Poisson.", "Duration differs: 30 s, then 60 s."],
        Warnings(Run(Other(), SampleRun.Plan(2) with { WorkerCount = 3, Arrival = ArrivalShape.Poisson, DurationSeconds = 60 })));

    [Fact]
    public void Another_mode_is_warned_of_and_more_questions_in_the_same_modes_are_not()
    {
        Plan agent = SampleRun.InModes(SampleRun.Plan(2), QuestionMode.Agent);
        Plan mixed = SampleRun.InModes(SampleRun.Plan(2), null, QuestionMode.Agent);
        Plan longer = SampleRun.InModes(SampleRun.Plan(4), QuestionMode.Agent, null);

        Assert.Equal(["Mode differs: Chat, then Agent."], Warnings(Run(Other(), agent)));
        Assert.Equal(["Mode differs: Chat, then Chat 50 %, Agent 50 %."], Warnings(Run(Other(), mixed)));
        Assert.DoesNotContain(
            RunComparer.Compare(Run(plan: mixed), Run(Other(), longer), Quick).Warnings,
            warning => warning.StartsWith("Mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_poll_policy_is_no_matter_where_nothing_is_polled_for()
    {
        Plan agent = SampleRun.InModes(SampleRun.Plan(2), QuestionMode.Agent);
        RunHeader slower = Other() with { PollPolicy = "every 5 s" };

        Assert.Equal(["Poll policy differs: every 1 s, then every 5 s."], Warnings(Run(slower)));
        Assert.DoesNotContain(
            RunComparer.Compare(Run(plan: agent), Run(slower, agent), Quick).Warnings,
            warning => warning.StartsWith("Poll", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_warehouse_or_size_is_warned_of_and_an_unknown_one_is_not()
    {
        RunConnection small = new()
        {
            Name = "Retail", WorkspaceUrl = Header.WorkspaceUrl, SpaceId = Header.SpaceId, WarehouseId = "w1", WarehouseSize = "Small",
            WarehouseType = "PRO", WarehouseServerless = true, WarehouseMinimumClusters = 1, WarehouseMaximumClusters = 1,
        };
        string[] Said(RunConnection first, RunConnection second, bool isSimulator = false) =>
        [
            .. RunComparer.Compare(
                Run(Header with { Connections = new([first]), IsSimulator = isSimulator }),
                Run(Other(header => header with { Connections = new([second]), IsSimulator = isSimulator })), Quick).Warnings
                .Where(warning => warning.StartsWith("SQL warehouse", StringComparison.Ordinal)),
        ];

        Assert.Empty(Said(small, small));
        Assert.Equal(
            ["SQL warehouse differs: w1, Small, PRO serverless, 1 cluster, then w1, Medium, PRO serverless, 1 to 3 clusters."],
            Said(small, small with { WarehouseSize = "Medium", WarehouseMaximumClusters = 3 }));
        Assert.Single(Said(small, small with { WarehouseId = "w2" }));
        Assert.Empty(Said(small, small with { WarehouseId = "w2", WarehouseSize = null }));
    }

    [Fact]
    public void A_space_that_changed_is_warned_of_by_its_id_and_not_where_nobody_saw_it()
    {
        RunConnection retail = new()
        {
            Name = "Retail", WorkspaceUrl = Header.WorkspaceUrl, SpaceId = "01ef", SpaceTitle = "Retail sales", SpaceFingerprint = "aa",
        };
        RunConnection staff = retail with { Name = "Staff", SpaceId = "02ab", SpaceTitle = null, SpaceFingerprint = "bb" };

        Assert.Empty(Said([retail, staff], [staff, retail]));
        Assert.Equal(
            ["The space 'Retail sales' changed between the runs: its instructions, tables, samples or benchmarks are not the same."],
            Said([retail, staff], [retail with { Name = "Other", SpaceFingerprint = "cc" }, staff]));
        Assert.StartsWith("The space '02ab' changed", Assert.Single(Said([staff], [staff with { SpaceFingerprint = "cc" }])));
        Assert.Empty(Said([retail], [retail with { SpaceFingerprint = null }]));
        Assert.Empty(Said([retail with { SpaceFingerprint = null }], [retail]));
        Assert.Empty(Said([retail], [staff]));

        string[] Said(RunConnection[] first, RunConnection[] second) =>
        [
            .. RunComparer.Compare(
                Run(Header with { Connections = new(first) }), Run(Other(header => header with { Connections = new(second) })), Quick)
                .Warnings.Where(warning => warning.Contains("changed", StringComparison.Ordinal)),
        ];
    }

    [Fact]
    public void Another_poll_policy_is_warned_of_and_an_unknown_one_is_not()
    {
        Assert.Equal(["Poll policy differs: every 1 s, then every 5 s."],
            Warnings(Run(Other(header => header with { PollPolicy = "every 5 s" }))));
        Assert.Empty(Warnings(Run(Other(header => header with { PollPolicy = null }))));
    }

    [Fact]
    public void Other_retries_are_warned_of_and_unknown_ones_are_not()
    {
        Assert.Equal(["Retry policy differs: 5 retries, then no retries."],
            Warnings(Run(Other(header => header with { RetryPolicy = "no retries" }))));
        Assert.Empty(Warnings(Run(Other(header => header with { RetryPolicy = null }))));
    }

    [Fact]
    public void A_simulator_against_a_real_space_is_warned_of_once_and_not_for_its_address() => Assert.Equal(
        ["One run used a simulator, the other a real space: this compares the two, not a change."],
        Warnings(Run(Other(header => header with { IsSimulator = true, WorkspaceUrl = "http://127.0.0.1:5000", SpaceId = "simulated" }))));

    [Fact]
    public void Another_workspace_or_space_is_warned_of() => Assert.Equal(
        ["Workspace differs: https://adb-1.2.azuredatabricks.net, then https://other.", "Space differs: 01ef, then 02ab."],
        Warnings(Run(Other(header => header with { WorkspaceUrl = "https://other", SpaceId = "02ab" }))));

    [Fact]
    public void A_run_that_did_not_complete_is_warned_of_with_its_reason() =>
        Assert.Equal(["The difference run ended as Stopped: by Ctrl+C"],
            Warnings(Run(Other(), state: RunState.Stopped, reason: "by Ctrl+C")));

    [Fact]
    public void A_run_whose_generator_was_not_fit_is_warned_of_with_the_reason()
    {
        string warning = Assert.Single(Warnings(Run(Other(), generator: SampleRun.Generator with { ProcessorShare = 0.99 })));

        Assert.StartsWith("The difference run is invalid: ", warning, StringComparison.Ordinal);
        Assert.Contains("processor", warning, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Throttling_is_warned_of_from_a_twentieth_of_the_response_time_on()
    {
        Assert.Empty(Warnings(Run(Other(), throttleSeconds: 0.49)));
        Assert.StartsWith(
            "The rate limit took 5 % or more", Assert.Single(Warnings(Run(Other(), throttleSeconds: 0.5))), StringComparison.Ordinal);
    }

    [Fact]
    public void Throttling_of_the_reference_alone_is_warned_of_too() => Assert.StartsWith(
        "The rate limit took 5 % or more",
        Assert.Single(RunComparer.Compare(Run(throttleSeconds: 0.5), Run(Other()), Quick).Warnings), StringComparison.Ordinal);

    [Fact]
    public void A_warehouse_is_told_with_all_that_is_known_and_not_at_all_where_a_size_is_missing()
    {
        RunConnection small = new()
        {
            Name = "Retail", WorkspaceUrl = Header.WorkspaceUrl, SpaceId = Header.SpaceId, WarehouseId = "w1", WarehouseSize = "Small",
            WarehouseType = "PRO", WarehouseServerless = true, WarehouseMinimumClusters = 2, WarehouseMaximumClusters = 2,
        };
        RunConnection little = small with
        {
            WarehouseType = null, WarehouseServerless = false, WarehouseMinimumClusters = null, WarehouseMaximumClusters = null,
        };

        Assert.Equal(
            ["SQL warehouse differs: w1, Small, PRO serverless, 2 clusters, then w1, Small, type unknown, clusters unknown."],
            Said([small], [little]));
        Assert.Equal(
            ["SQL warehouse differs: w1, Small, PRO serverless, 2 clusters; w2, Small, PRO serverless, 2 clusters, then "
                + "w1, Small, PRO serverless, 2 clusters."],
            Said([small, small with { WarehouseId = "w2" }], [small]));
        Assert.Empty(Said([small, small with { WarehouseSize = null }], [small]));
        Assert.Empty(Said([], [small]));

        string[] Said(RunConnection[] first, RunConnection[] second) =>
        [
            .. RunComparer.Compare(
                Run(Header with { Connections = new(first) }), Run(Other(header => header with { Connections = new(second) })), Quick)
                .Warnings.Where(warning => warning.StartsWith("SQL warehouse", StringComparison.Ordinal)),
        ];
    }

    [Theory]
    [InlineData("x1:1 x2:1 x3:1 x4:1 x5:1", "x1, x2, x3, x4, x5.")]
    [InlineData("x1:1 x2:1 x3:1 x4:1 x5:1 x6:1 x7:1", "x1, x2, x3, x4, x5 and 2 more.")]
    public void Five_questions_that_are_left_out_are_named(string others, string named) => Assert.Contains(
        "Left out of the comparison because not every run asked it: " + named,
        RunComparer.Compare(SmallRun.Of(1, "a:1 " + others), SmallRun.Of(2, "a:1"), Quick).Warnings);

    [Fact]
    public void Of_several_runs_the_one_that_did_not_complete_is_named()
    {
        LoadRun stopped = Run(Other(), state: RunState.Stopped, reason: "by Ctrl+C");
        LoadRun third = Run(Header with { RunId = "20261123-140000-high_load-0003" });

        Assert.Contains(
            $"The difference run {stopped.RunId} ended as Stopped: by Ctrl+C",
            RunComparer.Compare([Run()], [stopped, third], Quick).Warnings);
    }
}
