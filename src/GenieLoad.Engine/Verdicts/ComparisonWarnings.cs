using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>What stands in the way of comparing two runs.</summary>
internal static class ComparisonWarnings
{
    // From here on, the rate limit shapes the response times more than the space does.
    private const double NotableThrottleShare = 0.05;

    private const int MostNamed = 5;

    public static IEnumerable<string> Of(
        IReadOnlyList<LoadRun> reference, IReadOnlyList<LoadRun> difference, ComparedRows rows, SerialDependence dependence) =>
    [
        .. reference.Skip(1).Concat(difference).SelectMany(run => Kinds(reference[0], run)).Distinct(StringComparer.Ordinal),
        .. reference.SelectMany(run => Ended(Named("reference", reference, run), run)),
        .. difference.SelectMany(run => Ended(Named("difference", difference, run), run)),
        .. LeftOut(rows),
        .. Waited(dependence),
        .. reference.Concat(difference).Any(Throttled)
            ? ["The rate limit took 5 % or more of the response time: ServiceSeconds shows the space's own time."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Kinds(LoadRun reference, LoadRun difference) =>
    [
        .. Differs("Scenario", reference.ScenarioName, difference.ScenarioName),
        .. reference.ScenarioName == difference.ScenarioName ? Shapes(reference.Plan, difference.Plan) : [],
        .. reference.IsSimulator != difference.IsSimulator
            ? ["One run used a simulator, the other a real space: this compares the two, not a change."]
            : Targets(reference, difference),
        .. Differs("Mode", QuestionModes.Name(reference.Plan), QuestionModes.Name(difference.Plan)),
        .. QuestionModes.HaveChat(reference.Plan) && QuestionModes.HaveChat(difference.Plan)
            ? Differs("Poll policy", reference.PollPolicy, difference.PollPolicy)
            : [],
        .. Differs("Retry policy", reference.RetryPolicy, difference.RetryPolicy),
    ];

    private static string Named(string side, IReadOnlyList<LoadRun> runs, LoadRun run) =>
        runs.Count == 1 ? $"{side} run" : $"{side} run {run.RunId}";

    private static IEnumerable<string> LeftOut(ComparedRows rows) => rows.QuestionCount == 0
        ? ["The runs have no question in common, so nothing can be compared."]
        : rows.LeftOut.Count == 0 ? []
        : [$"Left out of the comparison because not every run asked it: {string.Join(", ", rows.LeftOut.Take(MostNamed))}"
            + (rows.LeftOut.Count > MostNamed ? FormattableString.Invariant($" and {rows.LeftOut.Count - MostNamed} more.") : ".")];

    private static IEnumerable<string> Waited(SerialDependence dependence) => !dependence.IsTooStrong ? []
        : [FormattableString.Invariant(
            $"Answers waited for each other: {dependence.Count} count as about {dependence.EffectiveCount:0}. Repeat the run ")
            + FormattableString.Invariant($"{ChangeJudge.Repeats(dependence)} times on each side and compare them all: ")
            + "-ReferenceRun $a1, $a2, $a3 -DifferenceRun $b1, $b2, $b3."];

    private static IEnumerable<string> Targets(LoadRun reference, LoadRun difference) =>
    [
        // A simulator has another port, and so another address, each time.
        .. reference.IsSimulator ? [] : Differs("Workspace", reference.WorkspaceUrl, difference.WorkspaceUrl),
        .. reference.IsSimulator ? [] : Differs("Space", reference.SpaceId, difference.SpaceId),
        .. Differs("SQL warehouse", Warehouses(reference), Warehouses(difference)),
        .. ChangedSpaces(reference, difference),
    ];

    /// <summary>
    /// Spaces that both runs asked, and whose definition was another each time. Where it was not to be seen, nothing is said.
    /// </summary>
    private static IEnumerable<string> ChangedSpaces(LoadRun reference, LoadRun difference) =>
        from before in reference.Connections
        join after in difference.Connections on before.SpaceId equals after.SpaceId
        where before.SpaceFingerprint is not null && after.SpaceFingerprint is not null && before.SpaceFingerprint != after.SpaceFingerprint
        select $"The space {ShownValue.Of(after.SpaceTitle ?? after.SpaceId)} changed between the runs: its instructions, tables, samples "
            + "or benchmarks are not the same.";

    /// <summary>The warehouses of a run, each with all that makes it another; <see langword="null"/> where one is not known.</summary>
    private static string? Warehouses(LoadRun run)
    {
        if (run.Connections.Count == 0 || run.Connections.Any(connection => connection.WarehouseSize is null))
            return null;
        // A simulator draws another id for each seed.
        return string.Join("; ", run.Connections.Select(connection =>
            $"{(run.IsSimulator ? "" : $"{connection.WarehouseId}, ")}{connection.WarehouseSize}, "
                + $"{connection.WarehouseType ?? "type unknown"}{(connection.WarehouseServerless == true ? " serverless" : "")}, "
                + Clusters(connection)));
    }

    private static string Clusters(RunConnection connection) =>
        (connection.WarehouseMinimumClusters, connection.WarehouseMaximumClusters) switch
        {
            (int least, int most) when least == most => FormattableString.Invariant($"{most} {(most == 1 ? "cluster" : "clusters")}"),
            (int least, int most) => FormattableString.Invariant($"{least} to {most} clusters"),
            _ => "clusters unknown",
        };

    private static IEnumerable<string> Shapes(Plan reference, Plan difference) =>
    [
        .. Differs("Number of questions", $"{reference.QuestionCount}", $"{difference.QuestionCount}"),
        .. Differs("Number of workers", $"{reference.WorkerCount}", $"{difference.WorkerCount}"),
        .. Differs("Arrival", reference.Arrival, difference.Arrival),
        .. Differs("Duration", Seconds(reference), Seconds(difference)),
    ];

    private static IEnumerable<string> Differs(string what, string? reference, string? difference) =>
        reference is null || difference is null || reference == difference ? [] : [$"{what} differs: {reference}, then {difference}."];

    private static IEnumerable<string> Ended(string which, LoadRun run)
    {
        if (run.State != RunState.Completed)
            yield return $"The {which} ended as {run.State}: {run.StateReason ?? "not all of its questions were asked"}";
        foreach (string leftOut in AskedQuestions.LeftOut(MeasuredRows.Of(run), run.State))
            yield return $"Not counted in the rates of the {which}: {leftOut}.";
        if (run.Changes.Count > 0)
            yield return $"The {which} was changed while it ran: {string.Join("; ", run.Changes.Select(change => $"{change}"))}.";
        if (run.Health is { Verdict: not HealthVerdict.Valid } health)
            yield return $"The {which} is {health.Verdict.ToLowerInvariant()}: {health.Reasons}.";
    }

    private static bool Throttled(LoadRun run)
    {
        double total = MeasuredRows.Of(run).Sum(row => row.ResponseSeconds ?? 0);
        return total > 0 && run.ThrottleSeconds / total >= NotableThrottleShare;
    }

    private static string Seconds(Plan plan) =>
        plan.DurationSeconds is { } seconds ? FormattableString.Invariant($"{seconds:0.###} s") : "immediate";
}
