using GenieLoad.Engine.Planning.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

public static partial class ScenarioRules
{
    /// <summary>Checks what a scenario says of its arrivals; the number of questions is not looked at.</summary>
    internal static void CheckArrival(Scenario scenario, string? place)
    {
        if (!ArrivalShape.All.Contains(scenario.Arrival))
            throw PlanningErrors.UnknownArrival(scenario.Arrival, CloseNames.Of(scenario.Arrival, ArrivalShape.All), place);
        CheckRates(scenario, place);
        bool isGamma = scenario.Arrival == ArrivalShape.Gamma;
        Allow(scenario, "burstiness", scenario.Burstiness is not null, isGamma, needed: isGamma, place);
        if (scenario.Burstiness is double burstiness && !(burstiness is >= 0.01 and <= 100))
            throw PlanningErrors.InvalidScenarioValue("burstiness", burstiness, "Give a number from 0.01 to 100; 1 is Poisson.", place);
        bool isStaged = scenario.Arrival == ArrivalShape.Stages;
        Allow(scenario, "stages", scenario.Stages is not null, isStaged, needed: isStaged, place);
        if (isStaged && StagesText.Parse(scenario.Stages) is null)
            throw PlanningErrors.InvalidScenarioValue("stages", scenario.Stages, "Give rates and times, such as '10/min for 5m, 30/min for 5m'.", place);
        if (isStaged && scenario.QuestionCount > Math.Max(1, StagesText.Arrivals(StagesText.Parse(scenario.Stages)!)))
            throw PlanningErrors.ConflictingFields("questionCount and stages", "the stages have fewer arrivals than there are questions", place);
        bool isReplay = scenario.Arrival == ArrivalShape.Replay;
        Allow(scenario, "replayPath", scenario.ReplayPath is not null, isReplay, needed: isReplay, place);
        if (scenario.DurationSeconds is not null && (isStaged || isReplay || scenario.Arrival == ArrivalShape.Immediate))
            throw PlanningErrors.ConflictingFields($"duration and arrival {scenario.Arrival}", "the shape has its own", place);
    }

    private static void CheckRates(Scenario scenario, string? place)
    {
        bool isRamp = scenario.Arrival == ArrivalShape.Ramp;
        bool takesRate = isRamp || scenario.Arrival is ArrivalShape.ConstantRate or ArrivalShape.Poisson or ArrivalShape.Gamma;
        // Poisson and gamma also live from count and duration.
        bool needsRate = isRamp || scenario.Arrival == ArrivalShape.ConstantRate || (takesRate && scenario.DurationSeconds is null);
        Allow(scenario, "rate", scenario.Rate is not null, takesRate, needsRate, place);
        Allow(scenario, "finalRate", scenario.FinalRate is not null, isRamp, isRamp, place);
        double first = CheckRate("rate", scenario.Rate, place);
        double last = CheckRate("finalRate", scenario.FinalRate, place);
        if (scenario.Rate is not null && first + last == 0)
            throw PlanningErrors.InvalidRate("rate", scenario.Rate, place);
    }

    private static double CheckRate(string field, string? text, string? place)
    {
        double perMinute = 0;
        return text is null || RateText.TryParse(text, out perMinute) ? perMinute : throw PlanningErrors.InvalidRate(field, text, place);
    }

    private static void Allow(Scenario scenario, string field, bool given, bool taken, bool needed, string? place)
    {
        if (given && !taken)
            throw PlanningErrors.ConflictingFields($"{field} and arrival {scenario.Arrival}", "the shape has no such thing", place);
        if (needed && !given)
            throw PlanningErrors.ConflictingFields($"arrival {scenario.Arrival} and no {field}", "the shape needs it", place);
    }
}
