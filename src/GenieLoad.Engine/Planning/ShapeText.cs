using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The arrivals of a scenario in a few words.</summary>
public static class ShapeText
{
    /// <summary>Such as <c>over 30s</c>, <c>all at once</c> or <c>at 20/min (Poisson)</c>.</summary>
    /// <param name="scenario">The scenario.</param>
    public static string Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        string random = scenario.Arrival is ArrivalShape.Poisson or ArrivalShape.Gamma ? $" ({scenario.Arrival})" : "";
        return scenario switch
        {
            { UserCount: int users } => users == 1 ? "by 1 user" : $"by {users} users",
            { Stages: string stages } => $"in stages {stages}",
            { ReplayPath: string path } => $"as recorded in {Path.GetFileName(path)}",
            { Rate: string rate, FinalRate: string last } => $"at {rate} to {last}",
            { Rate: string rate } => $"at {rate}{random}",
            { DurationSeconds: double seconds } => $"over {DurationText.Format(seconds)}{random}",
            _ => "all at once",
        };
    }
}
