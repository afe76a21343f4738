using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>What is missing is refused by its name, before anything is compared, judged or read.</summary>
public class MissingArgumentTests
{
    private static readonly LoadRun Run = SmallRun.Of(1, "a:1");

    public static TheoryData<string, Action> Calls => new()
    {
        { "reference", () => RunComparer.Compare(null!, Run) },
        { "difference", () => RunComparer.Compare(Run, null!) },
        { "reference", () => RunComparer.Compare(null!, [Run]) },
        { "difference", () => RunComparer.Compare([Run], null!) },
        { "reference", () => RunComparer.Compare([], [Run]) },
        { "difference", () => RunComparer.Compare([Run], []) },
        { "run", () => ThresholdJudge.Judge(null!, []) },
        { "thresholds", () => ThresholdJudge.Judge(Run, null!) },
        { "run", () => ThresholdJudge.Demand(null!, []) },
        { "results", () => ThresholdJudge.Demand(Run, null!) },
        { "text", () => ThresholdText.IsMeant(null!) },
        { "text", () => ThresholdText.Parse(null!) },
        { "typed", () => _ = ThresholdExamples.Of(null!).Count() },
        { "figure", () => ThresholdExamples.OperatorFor(null!) },
        { "run", () => RunThresholds.Of(null!) },
        { "plan", () => RunThresholds.Set(null!, [], null) },
        { "given", () => RunThresholds.Set(Run.Plan, null!, null) },
        { "plan", () => _ = PlannedThresholds.Warnings(null!, []).Count() },
        { "thresholds", () => _ = PlannedThresholds.Warnings(Run.Plan, null!).Count() },
        { "store", () => BaselineRun.Latest(null!, []) },
        { "others", () => BaselineRun.Latest(new RunStore("/none"), null!) },
        { "store", () => BaselineRun.Previous(null!, Run) },
        { "run", () => BaselineRun.Previous(new RunStore("/none"), null!) },
        { "path", () => BaselineRun.Read(null!) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void It_is_refused_by_its_name(string name, Action call) =>
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    [Theory]
    [InlineData("P95ResponseSeconds", "P95ResponseSeconds < 10; P95ResponseSeconds < 30; P95ResponseSeconds < 60")]
    [InlineData("SuccessRate ", "SuccessRate > 95; SuccessRate > 99")]
    [InlineData("FailureRate ", "FailureRate < 5; FailureRate < 1")]
    [InlineData("ThroughputPerSecond >=", "ThroughputPerSecond >= 0.1; ThroughputPerSecond >= 1")]
    [InlineData("FailedCount < 3", "FailedCount < 3")]
    [InlineData("SuccessfulCount ", "SuccessfulCount > 1; SuccessfulCount > 10")]
    [InlineData("SuccessRate{turn=1} ", "SuccessRate{turn=1} > 95; SuccessRate{turn=1} > 99")]
    [InlineData("SuccessRate <", "SuccessRate < 5; SuccessRate < 1")]
    [InlineData("NoSuchFigure ", "")]
    public void A_threshold_is_completed_with_limits_of_its_kind(string typed, string expected) =>
        Assert.Equal(expected, string.Join("; ", ThresholdExamples.Of(typed + (typed == "P95ResponseSeconds" ? " " : ""))));

    [Fact]
    public void Thresholds_that_are_given_take_the_place_of_those_of_the_scenario()
    {
        Plan plan = Run.Plan with { Thresholds = "before" };
        var scenario = new Scenario { Name = "s", QuestionCount = 1, WorkerCount = 1, Thresholds = "SuccessRate > 50" };

        Assert.Equal(("FailedCount < 3; SuccessRate > 9", 2), Set(["FailedCount < 3", "SuccessRate > 9"]));
        Assert.Equal(("SuccessRate > 50", 1), Set([]));
        Assert.Equal("NoThreshold", Assert.Throws<GenieLoadException>(() => RunThresholds.Of(Run)).ErrorId);
        Assert.Equal(
            "FailedCount < 3", Assert.Single(RunThresholds.Of(Run with { Plan = Run.Plan with { Thresholds = "FailedCount < 3" } })).Text);

        (string?, int) Set(string[] given)
        {
            (Plan set, IReadOnlyList<Threshold> thresholds) = RunThresholds.Set(plan, given, scenario);
            return (set.Thresholds, thresholds.Count);
        }
    }
}
