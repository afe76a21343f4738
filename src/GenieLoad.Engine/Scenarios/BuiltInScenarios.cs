using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>The seven scenarios that every installation has.</summary>
public static class BuiltInScenarios
{
    /// <summary>All seven, from the lightest to the longest.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Make("single_test", 1, null, 1, "Single question validation"),
        Make("light_load", 10, 60, 3, "Light load test"),
        Make("moderate_load", 20, 30, 5, "Moderate load test"),
        Make("high_load", 35, 30, 10, "High load - 35 questions in 30 seconds"),
        Make("stress_test", 50, 20, 15, "Stress test"),
        Make("burst_test", 50, null, 20, "Burst test (all at once)"),
        Make("sustained_load", 100, 120, 10, "Sustained load test"),
    ];

    private static Scenario Make(string name, int questions, double? seconds, int workers, string description) => new()
    {
        Name = name, QuestionCount = questions, DurationSeconds = seconds, WorkerCount = workers, Description = description,
        Arrival = seconds is null ? ArrivalShape.Immediate : ArrivalShape.Even,
    };
}
