using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The errors of <c>Sessions</c>; the name of a factory is the id of its error.</summary>
internal static class SessionsErrors
{
    public static GenieLoadException NoSpace() => new(
        nameof(NoSpace), ErrorKind.InvalidInput,
        "SpaceId is not given, and the connection has no space.",
        "Give -SpaceId here or to Connect-Genie. Get-GenieSpace lists the spaces you can use.");

    public static GenieLoadException UnreadableDefinition(string source, GenieLoadException inner) => new(
        nameof(UnreadableDefinition), ErrorKind.Protocol,
        $"The definition of the space cannot be read. {inner.Message}",
        "Open the space in the workspace and save it again. If that does not help, give the error to Databricks support.", source, inner);

    public static GenieLoadException OneSpaceForSeveralConnections(string space) => new(
        nameof(OneSpaceForSeveralConnections), ErrorKind.InvalidInput,
        $"SpaceId is '{space}', but there are several connections, each with its own space.",
        "Omit -SpaceId, and give each connection its space with Connect-Genie -SpaceId.", space);

    public static GenieLoadException ServiceRefused(LoadRun run) => new(
        nameof(ServiceRefused), ErrorKind.ServiceFailure,
        $"Load test {run.RunId} was stopped early. {run.StateReason}",
        $"Fix that, then continue with Resume-GenieLoadTest {run.RunId}. -SkipStopRule continues in any case.", run);

    public static GenieLoadException NotOfThisRun(LoadRun run, string name) => new(
        nameof(NotOfThisRun), ErrorKind.InvalidInput,
        $"Run {run.RunId} did not ask the connection '{name}'; it asked "
            + $"{string.Join(", ", run.Connections.Select(connection => $"'{connection.Name}'"))}.",
        "Give the connections of the run with the same names: Connect-Genie -Name.", name);

    public static GenieLoadException OtherWorkspace(LoadRun run, string workspace) => new(
        nameof(OtherWorkspace), ErrorKind.InvalidInput,
        $"Run {run.RunId} asks {run.WorkspaceUrl}; the connection is to {workspace}.",
        "Connect to the run's workspace with Connect-Genie, or give such a connection with -Connection.", run.WorkspaceUrl);

    public static GenieLoadException TooFewServiceTimes(LoadRun run, int count, int fewest) => new(
        nameof(TooFewServiceTimes), ErrorKind.InvalidInput,
        $"Run {run.RunId} has {count} answered questions; a forecast needs at least {fewest}.",
        "Run a test with 30 questions or more, and give that run.", run.RunId);

    public static GenieLoadException UnusableServiceLevel(string text) => new(
        nameof(UnusableServiceLevel), ErrorKind.InvalidInput,
        $"'{text}' is not a service level that a forecast can use.",
        "Use 'P90ResponseSeconds <= 60' with a percentile from P50 to P99.9, or 'SuccessRate >= 95%'.", text);

    public static GenieLoadException ThinkTimeUnknown(LoadRun run) => new(
        nameof(ThinkTimeUnknown), ErrorKind.InvalidInput,
        $"Run {run.RunId} has no users with think time, so it does not show how long people think.",
        "Give -ThinkTime, such as 180s, or -OpenModel for questions that arrive at random.", run.RunId);

    public static GenieLoadException NothingToPredictFrom() => new(
        nameof(NothingToPredictFrom), ErrorKind.InvalidInput,
        "There is no run to predict from.",
        "Give a finished run with -From, or leave out -PredictOnly to measure a baseline first.");

    public static GenieLoadException ThinkTimeNotGiven() => new(
        nameof(ThinkTimeNotGiven), ErrorKind.InvalidInput,
        "ThinkTime is not given, and there is no run to read it from.",
        "Give -ThinkTime, such as 180s, or a run of a test with -UserCount with -From.");

    public static GenieLoadException OtherMode(LoadRun run, string mode) => new(
        nameof(OtherMode), ErrorKind.InvalidInput,
        $"The run {run.RunId} was asked in the mode {QuestionModes.Name(run.Plan)}, and Mode is {mode}.",
        "Give a run of the same mode with -From, or the mode of the run in -Mode or -Scenario.", mode);

    public static GenieLoadException MeasurementStopped(LoadRun run, bool isProbe) => new(
        nameof(MeasurementStopped), ErrorKind.ServiceFailure,
        $"The measurement was stopped early in run {run.RunId}. {run.StateReason}",
        isProbe
            ? $"Fix that, then continue with Measure-GenieCapacity -Resume {Quoted(run.RunPath ?? run.RunId)}."
            : "Fix that, then measure again.", run);

    public static GenieLoadException OtherBaseline(LoadRun run, string runId) => new(
        nameof(OtherBaseline), ErrorKind.InvalidInput,
        $"Run {run.RunId} is not the baseline of this measurement; that is {runId}.",
        "Leave out -From, or give that run.", run.RunId);

    /// <summary>A path as it can be typed at a prompt.</summary>
    public static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";

    public static GenieLoadException NotAProbe(LoadRun run) => new(
        nameof(NotAProbe), ErrorKind.InvalidInput,
        $"Run {run.RunId} is not a probe of a capacity measurement.",
        "Give the id of a probe: Get-GenieRun -ScenarioName capacity_probe lists them.", run.RunId);

    public static GenieLoadException ProbeNotResumable(LoadRun run) => new(
        nameof(ProbeNotResumable), ErrorKind.InvalidInput,
        $"Run {run.RunId} is a probe of a capacity measurement, which alone says nothing.",
        $"Continue the measurement with Measure-GenieCapacity -Resume {Quoted(run.RunPath ?? run.RunId)}.", run.RunId);

    public static GenieLoadException BaselineMissing(string runId) => new(
        nameof(BaselineMissing), ErrorKind.InvalidInput,
        $"The run {runId}, from which the capacity was predicted, is not in this store.",
        "Give that run, or its folder, with -From.", runId);

    public static GenieLoadException InvalidThinkTime(string text) => new(
        nameof(InvalidThinkTime), ErrorKind.InvalidInput,
        $"ThinkTime is '{text}', which is not a time.",
        "Use a mean such as '180s', a range such as '60s-300s', or 'fixed 180s'.", text);

    public static GenieLoadException NoExpectedSql() => new(
        nameof(NoExpectedSql), ErrorKind.InvalidInput,
        "CheckAnswer needs questions with expected SQL, and none of those that are asked has any.",
        "Take the space's benchmarks: Get-GenieQuestion -Source Benchmark | Invoke-GenieLoadTest -CheckAnswer. Or leave -CheckAnswer out.");

    public static GenieLoadException ThresholdNeedsCheck(string threshold) => new(
        nameof(ThresholdNeedsCheck), ErrorKind.InvalidInput,
        $"The threshold '{threshold}' needs answers that are checked, and CheckAnswer is not given.",
        "Add -CheckAnswer and questions with expected SQL (Get-GenieQuestion -Source Benchmark), or leave the threshold out.", threshold);

    public static GenieLoadException CheckNeedsResult() => new(
        nameof(CheckNeedsResult), ErrorKind.InvalidInput,
        "CheckAnswer compares the results of answers, and SkipResult does not read them.",
        "Leave one of the two out.");

    public static GenieLoadException NoWarehouseToCheck(RunConnection connection) => new(
        nameof(NoWarehouseToCheck), ErrorKind.InvalidInput,
        $"CheckAnswer runs the expected SQL on the warehouse of the space, and '{connection.Name}' names none.",
        "Give the space a warehouse, use a credential that may see it, or leave -CheckAnswer out.", connection.Name);

    public static GenieLoadException ExpectedSqlFailed(ExpectedAnswer answer) => new(
        nameof(ExpectedSqlFailed), ErrorKind.ServiceFailure,
        $"None of the expected SQL brought a result, so that no answer can be checked. Question {answer.QuestionId}: {answer.Reason}.",
        "Use a credential with CAN USE on the warehouse and SELECT on the tables of the space, correct the SQL, or leave -CheckAnswer out.",
        answer.QuestionId);

    public static GenieLoadException NothingBilled(LoadRun run) => new(
        nameof(NothingBilled), ErrorKind.InvalidInput,
        $"Run {run.RunId} sent no question, so it has no hours to look for in the bill.",
        "Give a run that asked questions.", run.RunId);

    public static GenieLoadException InvalidIdentity(string identity) => new(
        nameof(InvalidIdentity), ErrorKind.InvalidInput,
        $"Identity is {ShownValue.Of(identity)}, which nobody is called.",
        "Give the application id of a service principal or the e-mail address of a person, or leave -Identity out.", identity);

    public static GenieLoadException BillingRefused(string who, string reason, Exception? inner = null) => new(
        nameof(BillingRefused), ErrorKind.Permission,
        $"{who} does not let this credential read the bill: {reason}",
        "Use a connection with CAN USE on the warehouse of -WarehouseId, and SELECT on system.billing.usage and "
            + "system.billing.list_prices (an account admin grants it), and name who ran the test with -Identity.", null, inner);

    public static GenieLoadException BillingQueryFailed(string warehouseId, string reason, Exception? inner = null) => new(
        nameof(BillingQueryFailed), ErrorKind.ServiceFailure,
        $"The statement that reads the bill failed on warehouse '{warehouseId}': {reason}",
        "Check -WarehouseId, and that the schema system.billing is enabled in the account.", warehouseId, inner);

    public static GenieLoadException BillingQueryTimedOut(TimeSpan longest) => new(
        nameof(BillingQueryTimedOut), ErrorKind.Timeout,
        FormattableString.Invariant($"The statement that reads the bill did not end within {longest.TotalMinutes:0} minutes: cancelled."),
        "Start the warehouse of -WarehouseId, or name another, and try again.");

    public static GenieLoadException PlanConflict(string what) => new(
        nameof(PlanConflict), ErrorKind.InvalidInput,
        $"{what} cannot be combined with -Plan: the plan says already what is asked and when.",
        "Omit it, or omit -Plan and give the scenario.", what);

    public static GenieLoadException ShardWithoutPlan(Shard shard) => new(
        nameof(ShardWithoutPlan), ErrorKind.InvalidInput,
        $"Shard is {shard}, but no plan is given: each place would make its own.",
        "Write one plan with Get-GenieScenario -Plan | Export-GeniePlan, and give it to all places with -Plan.", shard.ToString());

    public static GenieLoadException ShardWithoutStart(Shard shard) => new(
        nameof(ShardWithoutStart), ErrorKind.InvalidInput,
        $"Shard is {shard}, but StartAt is not given: the shards keep the pace together by the instant at which all of them start.",
        "Give all places the same instant, some minutes ahead, such as -StartAt 2026-12-01T09:00:00Z.", shard.ToString());

    public static GenieLoadException InvalidStartAt(DateTime at) => new(
        nameof(InvalidStartAt), ErrorKind.InvalidInput,
        FormattableString.Invariant($"StartAt is {at:yyyy-MM-ddTHH:mm:ssZ}."),
        "Give an instant at most 31 days ahead and 1 day ago, such as (Get-Date).AddMinutes(2) or 2026-12-01T09:00:00Z.", at);

    public static GenieLoadException InvalidPlace(string place) => new(
        nameof(InvalidPlace), ErrorKind.InvalidInput,
        $"Place is {ShownValue.Of(place)}.",
        "Give 1 to 100 characters on one line, such as westeurope.", place);

    public static GenieLoadException EvaluateWithStart() => new(
        nameof(EvaluateWithStart), ErrorKind.InvalidInput,
        "Evaluate cannot be combined with -StartAt or -Shard.",
        "Evaluate the benchmarks in a test of their own, or with Invoke-GenieEvaluation.");
}
