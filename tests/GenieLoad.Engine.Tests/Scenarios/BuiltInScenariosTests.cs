using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public class BuiltInScenariosTests
{
    [Theory]
    [InlineData("single_test", 1, null, 1, "Single question validation", "single_test_1q_immediate")]
    [InlineData("light_load", 10, 60.0, 3, "Light load test", "light_load_10q_60s")]
    [InlineData("moderate_load", 20, 30.0, 5, "Moderate load test", "moderate_load_20q_30s")]
    [InlineData("high_load", 35, 30.0, 10, "High load - 35 questions in 30 seconds", "high_load_35q_30s")]
    [InlineData("stress_test", 50, 20.0, 15, "Stress test", "stress_test_50q_20s")]
    [InlineData("burst_test", 50, null, 20, "Burst test (all at once)", "burst_test_50q_immediate")]
    [InlineData("sustained_load", 100, 120.0, 10, "Sustained load test", "sustained_load_100q_120s")]
    public void Each_built_in_scenario_is_as_documented(
        string name, int questions, double? seconds, int workers, string description, string testName)
    {
        Scenario scenario = ScenarioCatalog.Find(name);

        Assert.Equal(
            (name, questions, seconds, workers, description),
            (scenario.Name, scenario.QuestionCount, scenario.DurationSeconds, scenario.WorkerCount, scenario.Description));
        Assert.Equal(testName, TestName.Of(ScenarioRules.Check(scenario)));
    }

    [Fact]
    public void There_are_seven_in_the_documented_order() => Assert.Equal(
        ["single_test", "light_load", "moderate_load", "high_load", "stress_test", "burst_test", "sustained_load"],
        BuiltInScenarios.All.Select(scenario => scenario.Name));

    [Fact]
    public void Upper_and_lower_case_are_alike() => Assert.Equal("high_load", ScenarioCatalog.Find(" High_LOAD ").Name);

    [Theory]
    [InlineData("hihg_load", "high_load")]
    [InlineData("highload", "high_load")]
    [InlineData("high-load", "high_load")]
    [InlineData("burst", "burst_test")]
    [InlineData("stres_test", "stress_test")]
    [InlineData("sustaned", "sustained_load")]
    public void An_unknown_scenario_names_the_closest_first(string wanted, string close)
    {
        GenieLoadException error =
            ErrorAssert.Refused("UnknownScenario", () => ScenarioCatalog.Find(wanted), $"'{wanted}'", "Did you mean");

        int first = error.Message.IndexOf("Did you mean '", StringComparison.Ordinal);
        Assert.StartsWith($"Did you mean '{close}'", error.Message[first..], StringComparison.Ordinal);
        Assert.Contains("Get-GenieScenario", error.Recommendation, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.NotFound, error.Kind);
    }

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("")]
    public void A_name_like_no_other_is_refused_without_a_guess(string wanted)
    {
        GenieLoadException error = ErrorAssert.Refused("UnknownScenario", () => ScenarioCatalog.Find(wanted));

        Assert.DoesNotContain("Did you mean", error.Message, StringComparison.Ordinal);
    }
}
