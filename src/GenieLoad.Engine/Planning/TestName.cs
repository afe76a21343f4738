using System.Globalization;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The name of a test: scenario, questions, seconds, as in <c>high_load_35q_30s</c> or <c>burst_test_50q_immediate</c>;
/// where a rate stands for the seconds, questions per minute, as in <c>steady_60q_20pm</c>.</summary>
public static class TestName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 200;

    /// <summary>The name of the test that a scenario makes.</summary>
    /// <param name="scenario">The scenario, overrides applied.</param>
    public static string Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}_{scenario.QuestionCount}q_{Arrival.Of(scenario).ShortName}");
    }

    internal static string Check(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaximumLength || name.Any(char.IsControl))
            throw PlanningErrors.InvalidTestName(name);
        return name.Trim();
    }
}
