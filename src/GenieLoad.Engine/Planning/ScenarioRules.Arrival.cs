using GenieLoad.Engine.Names;
using GenieLoad.Engine.Planning.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

public static partial class ScenarioRules
{
    /// <summary>Most questions that Genie takes in one conversation.</summary>
    public const int MaximumTurns = 10_000;

    /// <summary>Checks what a scenario says of its arrivals, users and turns; the number of questions is not looked at.</summary>
    internal static void CheckShape(Scenario scenario, string? place)
    {
        CheckArrival(scenario, place);
        CheckUsers(scenario, place);
        CheckTurns(scenario, place);
    }

    /// <summary>Whether questions can be asked at this rate per minute, and no slower than any test lasts.</summary>
    internal static bool IsPace(double perMinute) => perMinute >= MinimumQuestionsPerMinute && perMinute <= 60 * RateText.MaximumPerSecond;

    private static void CheckArrival(Scenario scenario, string? place)
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
        {
            throw PlanningErrors.InvalidScenarioValue(
                "stages", scenario.Stages,
                "Give rates and times, such as '10/min for 5m, 30/min for 5m', at most 1,000 of them and 30 days together.", place);
        }
        bool isReplay = scenario.Arrival == ArrivalShape.Replay;
        Allow(scenario, "replayPath", scenario.ReplayPath is not null, isReplay, needed: isReplay, place);
        if (scenario.DurationSeconds is not null
            && (isStaged || isReplay || scenario.Arrival is ArrivalShape.Immediate or ArrivalShape.Closed))
            throw PlanningErrors.ConflictingFields($"duration and arrival {scenario.Arrival}", "the shape has its own", place);
    }

    private static void CheckUsers(Scenario scenario, string? place)
    {
        bool isClosed = scenario.Arrival == ArrivalShape.Closed;
        Allow(scenario, "userCount", scenario.UserCount is not null, isClosed, isClosed, place);
        Allow(scenario, "questionsPerUser", scenario.QuestionsPerUser is not null, isClosed, isClosed, place);
        Allow(scenario, "stagger", scenario.StaggerSeconds is not null, isClosed, needed: false, place);
        Range("userCount", scenario.UserCount, 1, MaximumWorkerCount, place);
        Range("questionsPerUser", scenario.QuestionsPerUser, 1, MaximumQuestionCount, place);
        if (scenario.StaggerSeconds is double seconds && !(seconds > 0 && seconds <= MaximumDurationSeconds))
            throw PlanningErrors.InvalidScenarioValue("stagger", seconds, $"Give {DurationText.Forms}; at most 30 days.", place);
    }

    private static void CheckTurns(Scenario scenario, string? place)
    {
        Range("turnsPerConversation", scenario.TurnsPerConversation, 1, MaximumTurns, place);
        if (scenario.ThinkTime is string think && ThinkTimeText.Parse(think) is null)
        {
            throw PlanningErrors.InvalidScenarioValue(
                "thinkTime", think, "Give a time such as '5s', or a range such as '2s-10s'; at most 1 day.", place);
        }
        if (scenario.QuestionsPerMinute is double pace && !IsPace(pace))
            throw PlanningErrors.InvalidScenarioValue("questionsPerMinute", pace, "Give a number from 0.001 to 600000.", place);
        if (!OverflowRule.All.Contains(scenario.Overflow))
            throw PlanningErrors.InvalidScenarioValue("overflow", scenario.Overflow, "Give Wait or Shed.", place);
    }

    /// <summary>Checks the numbers of questions against each other.</summary>
    private static void CheckCounts(Scenario scenario, string? place)
    {
        int questions = scenario.QuestionCount;
        if (scenario is { UserCount: int users, QuestionsPerUser: int each } && questions != (long)users * each)
            throw PlanningErrors.ConflictingFields(
                "questionCount, userCount and questionsPerUser", $"{users} users ask {each} questions each", place);
        double conversations = Math.Ceiling((double)questions / (scenario.TurnsPerConversation ?? 1));
        if (scenario.Stages is string stages && conversations > Math.Max(1, StagesText.Arrivals(StagesText.Parse(stages)!)))
            throw PlanningErrors.ConflictingFields("questionCount and stages", "the stages have fewer arrivals than are needed", place);
        if (scenario.WarmUpCount < 0 || scenario.WarmUpCount >= questions)
        {
            throw PlanningErrors.InvalidScenarioValue(
                "warmUpCount", scenario.WarmUpCount,
                $"Give a whole number from 0 to {questions - 1}: at least one question must count.", place);
        }
    }

    private static void Range(string field, int? value, int least, int most, string? place)
    {
        if (value is int number && (number < least || number > most))
            throw PlanningErrors.InvalidScenarioValue(field, number, $"Give a whole number from {least} to {most}.", place);
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
