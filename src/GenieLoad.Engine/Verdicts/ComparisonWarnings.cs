using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>What stands in the way of comparing two runs.</summary>
internal static class ComparisonWarnings
{
    // From here on, the rate limit shapes the response times more than the space does.
    private const double NotableThrottleShare = 0.05;

    public static IEnumerable<string> Of(LoadRun reference, LoadRun difference, ComparedRows rows) =>
    [
        .. Differs("Scenario", reference.ScenarioName, difference.ScenarioName),
        .. reference.ScenarioName == difference.ScenarioName ? Shapes(reference.Plan, difference.Plan) : [],
        .. reference.IsSimulator != difference.IsSimulator
            ? ["One run asked a simulator, the other a real space: this compares the two, not a change."]
            : Targets(reference, difference),
        .. Differs("Poll policy", reference.PollPolicy, difference.PollPolicy),
        .. Ended("reference", reference),
        .. Ended("difference", difference),
        .. rows.IsPaired
            ? Array.Empty<string>()
            : [$"The runs share too few of their questions ({Counted(rows.Shared.Count)}): they are compared as wholes, and a change may be one of the questions."],
        .. Throttled(reference) || Throttled(difference)
            ? ["The rate limit took 5 % or more of the response time: ServiceSeconds tells what the space itself did."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Targets(LoadRun reference, LoadRun difference) =>
    [
        // A simulator has another port, and so another address, each time.
        .. reference.IsSimulator ? [] : Differs("Workspace", reference.WorkspaceUrl, difference.WorkspaceUrl),
        .. reference.IsSimulator ? [] : Differs("Space", reference.SpaceId, difference.SpaceId),
    ];

    private static IEnumerable<string> Shapes(Plan reference, Plan difference) =>
    [
        .. Differs("Number of questions", $"{reference.QuestionCount}", $"{difference.QuestionCount}"),
        .. Differs("Workers", $"{reference.WorkerCount}", $"{difference.WorkerCount}"),
        .. Differs("Arrival", reference.Arrival, difference.Arrival),
        .. Differs("Duration", Seconds(reference), Seconds(difference)),
    ];

    private static IEnumerable<string> Differs(string what, string? reference, string? difference) =>
        reference is null || difference is null || reference == difference ? [] : [$"{what} differs: {reference}, then {difference}."];

    private static IEnumerable<string> Ended(string which, LoadRun run)
    {
        if (run.State != RunState.Completed)
            yield return $"The {which} run ended as {run.State}: {run.StateReason ?? "not all of its questions were asked"}";
        if (run.Health is { Verdict: not HealthVerdict.Valid } health)
            yield return $"The {which} run is {health.Verdict.ToLowerInvariant()}: {health.Reasons}.";
    }

    private static bool Throttled(LoadRun run)
    {
        double total = run.Results.Sum(row => row.ResponseSeconds ?? 0);
        return total > 0 && run.ThrottleSeconds / total >= NotableThrottleShare;
    }

    private static string Seconds(Plan plan) => plan.DurationSeconds is { } seconds ? FormattableString.Invariant($"{seconds:0.###} s") : "immediate";

    private static string Counted(int count) => count == 1 ? "1 question" : FormattableString.Invariant($"{count} questions");
}
