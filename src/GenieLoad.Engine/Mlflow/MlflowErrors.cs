using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>The errors of <c>Mlflow</c>; the name of a factory is the id of its error.</summary>
internal static class MlflowErrors
{
    public static GenieLoadException InvalidTrackingUri(string uri, string reason) => new(
        nameof(InvalidTrackingUri), ErrorKind.InvalidInput,
        $"TrackingUri '{uri}' cannot be used: {reason}.",
        "Give http(s)://host[:port][/prefix], databricks, databricks://profile, a file: address, or the path of a folder.", uri);

    public static GenieLoadException MlflowCredentialIncomplete() => new(
        nameof(MlflowCredentialIncomplete), ErrorKind.Authentication,
        "MLflow needs both a user name and a password, but only one is set.",
        "Set both MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or give -Credential.");

    public static GenieLoadException InvalidMlflowVariable(string name, string value, string expected) => new(
        nameof(InvalidMlflowVariable), ErrorKind.InvalidInput,
        $"The environment variable {name} is '{value}'; it must be {expected}.", $"Set {name} to such a value, or remove it.", value);

    public static GenieLoadException UnsupportedMlflowVariable(string name) => new(
        nameof(UnsupportedMlflowVariable), ErrorKind.InvalidInput,
        $"The environment variable {name} is set; GenieLoad cannot sign in to MLflow that way.",
        $"Remove {name} for this call, and give -Token or -Credential.", name);

    public static GenieLoadException CertificateNotReadable(string variable, string path, Exception inner) => new(
        nameof(CertificateNotReadable), ErrorKind.NotFound,
        $"The certificate file '{path}' of {variable} cannot be read: {inner.Message}",
        "Give the path of a PEM file that you can read.", path, inner);

    public static GenieLoadException ExperimentAmbiguous(string name, string id) => new(
        nameof(ExperimentAmbiguous), ErrorKind.InvalidInput,
        $"Two different experiments are given: the name is '{name}', but the experiment with id '{id}' has another name.",
        "Give the name or the id. MLFLOW_EXPERIMENT_NAME and MLFLOW_EXPERIMENT_ID count as given.", name);

    public static GenieLoadException ExperimentNotFound(string id, string location) => new(
        nameof(ExperimentNotFound), ErrorKind.NotFound,
        $"There is no experiment with id '{id}' in {location}.", "Give -ExperimentName instead: it is created if it does not exist.", id);

    public static GenieLoadException ExperimentNotCreated(string name, string location, Exception inner) => new(
        nameof(ExperimentNotCreated), ErrorKind.NotFound,
        $"The experiment '{name}' cannot be created in {location}: {inner.Message}",
        "On Databricks a name is a path in the workspace, such as /Users/me@example.com/genie-load-test, and its folder must exist "
        + "and be writable for you.", name, inner);

    public static GenieLoadException UnusableRunId(string runId) => new(
        nameof(UnusableRunId), ErrorKind.InvalidData,
        $"The run's id is '{Shown(runId)}', which is not an id of GenieLoad.",
        "Its run.json was changed; get the run from the store with Get-GenieRun.", runId);

    public static GenieLoadException RunNotEnded(string runId) => new(
        nameof(RunNotEnded), ErrorKind.NotReady,
        $"Run '{runId}' is still running; its figures are not final.", "Export it when it has ended.", runId);

    public static GenieLoadException MlflowRunDiffers(string runId, string location, string what) => new(
        nameof(MlflowRunDiffers), ErrorKind.Conflict,
        $"The run '{runId}' in {location} was written with other values: {what}. MLflow cannot change a parameter.",
        "Use -Force to write a new parent run next to it.", runId);

    public static GenieLoadException MlflowReadBackDiffers(string runName, string location, IReadOnlyCollection<string> what) => new(
        nameof(MlflowReadBackDiffers), ErrorKind.Protocol,
        $"{location} did not store '{runName}' as it was sent, even on the second attempt: {string.Join("; ", what.Take(5))}"
        + (what.Count > 5 ? $"; and {what.Count - 5} more." : "."),
        "Look for a proxy that changes requests, for limits set on the server, and for a full disk. Export again to complete it.", runName);

    public static GenieLoadException MlflowUnreachable(string location, Exception inner) => new(
        nameof(MlflowUnreachable), ErrorKind.Connection,
        $"MLflow at {location} cannot be reached: {inner.Message}",
        "Check the address, the port and the network. Export again when it answers: the earlier export is "
            + "completed, without duplicates.",
        location, inner);

    public static GenieLoadException MlflowThrottled(string location, Exception inner) => new(
        nameof(MlflowThrottled), ErrorKind.Throttled,
        $"MLflow at {location} keeps answering 429 (too many requests): {inner.Message}",
        "Export again later, with a smaller -ThrottleLimit; the earlier export is completed, without duplicates.", location, inner);

    public static GenieLoadException MlflowRefusedHost(string host, Exception inner) => new(
        nameof(MlflowRefusedHost), ErrorKind.Permission,
        $"The MLflow server does not accept the host name '{host}': {inner.Message}",
        $"Start it with --allowed-hosts \"{host}\" (or MLFLOW_SERVER_ALLOWED_HOSTS). An entry must match name and port: "
        + "'example.com' does not cover 'example.com:5000'.", host, inner);

    public static GenieLoadException MlflowRefusedCredential(string location, ApiException inner) => new(
        nameof(MlflowRefusedCredential), ErrorKind.Authentication,
        $"MLflow at {location} refused the credential (HTTP {inner.Failure.HttpStatus}): {inner.Message}",
        "Give -Credential or -Token, or set MLFLOW_TRACKING_USERNAME and _PASSWORD, or MLFLOW_TRACKING_TOKEN; "
            + "for Databricks DATABRICKS_TOKEN or a "
        + "profile.", location, inner);

    public static GenieLoadException MlflowAccessDenied(string location, string what, Exception inner) => new(
        nameof(MlflowAccessDenied), ErrorKind.Permission,
        $"MLflow at {location} does not let this credential {what} (HTTP 403): {inner.Message}",
        "Ask for the right to edit the experiment, or choose another with -ExperimentName.", location, inner);

    public static GenieLoadException MlflowQuotaReached(string location, string what, Exception inner) => new(
        nameof(MlflowQuotaReached), ErrorKind.WriteFailed,
        $"MLflow at {location} has no room left to {what}: {inner.Message}",
        "Delete old runs permanently, choose another experiment with -ExperimentName, or write less: "
            + "-SkipQuestionRun, -ResponseArtifact None.",
        location, inner);

    public static GenieLoadException NotAnMlflowServer(string location, Exception? inner = null) => new(
        nameof(NotAnMlflowServer), ErrorKind.Protocol,
        $"{location} does not answer as an MLflow tracking server{(inner is null ? "" : $": {inner.Message}")}",
        "Check the address, its port and its path prefix; the API must be at <address>/api/2.0/mlflow.", location, inner);

    public static GenieLoadException MlflowRefused(string location, string what, Exception inner) => new(
        nameof(MlflowRefused), ErrorKind.ServiceFailure,
        $"MLflow at {location} refused to {what}: {inner.Message}",
        "The message comes from the server. Fix the cause and export again: the earlier export is completed, without duplicates.", location,
        inner);

    public static GenieLoadException UnusableMlflowValue(string location, string field, string value) => new(
        nameof(UnusableMlflowValue), ErrorKind.Protocol,
        $"{location} gives {field} as '{Shown(value)}', which cannot be used: ids are letters, digits, - and _; "
            + "paths have no '..', no empty part and no "
        + "backslash; addresses are no less safe than the server's own.",
        "Check that the address is that of your tracking server, and with its admin where it keeps files. "
            + "Nothing was sent or written there.", field);

    public static GenieLoadException MlflowPagesWithoutEnd(string location, string call, string reason) => new(
        nameof(MlflowPagesWithoutEnd), ErrorKind.Protocol,
        $"{location} returns endless pages of {call}: {reason}.",
        "Look for a proxy or a cache that repeats answers. Export again when that is fixed: the earlier export is "
            + "completed, without duplicates.", call);

    public static GenieLoadException WorkspacesNotEnabled(string workspace, string location) => new(
        nameof(WorkspacesNotEnabled), ErrorKind.InvalidInput,
        $"The MLflow workspace '{workspace}' was requested, but the server at {location} has no workspaces.",
        "Remove MLFLOW_WORKSPACE, or use a server (3.10 or newer) that was started with workspaces.", workspace);

    public static GenieLoadException FolderNamedMlruns(string path) => new(
        nameof(FolderNamedMlruns), ErrorKind.InvalidInput,
        $"'{path}' would create a folder named mlruns, which prevents a plain 'mlflow server' next to it from starting.",
        "Give the folder another name, such as 'mlflow-runs'.", path);

    public static GenieLoadException FolderNotUsable(string path, Exception inner) => new(
        nameof(FolderNotUsable), ErrorKind.WriteFailed,
        $"The MLflow folder '{path}' cannot be used: {inner.Message}",
        "Check free disk space and write permission, or give another -TrackingUri.", path, inner);

    public static GenieLoadException TracesNotSupported(string folder) => new(
        nameof(TracesNotSupported), ErrorKind.InvalidInput,
        $"Traces cannot be written to the folder '{folder}': MLflow keeps them in a database only.",
        "Give the address of a tracking server (MLflow 3.12 or newer) as -TrackingUri, or export without -Trace.", folder);

    public static GenieLoadException TracesNotInDatabricks(string location) => new(
        nameof(TracesNotInDatabricks), ErrorKind.InvalidInput,
        $"Traces cannot be written to the Databricks workspace {location} in this way: it takes them only into tables of Unity Catalog.",
        "Export without -Trace, and send the traces with Export-GenieRunToOpenTelemetry; docs/mlflow.md says how.", location);

    public static GenieLoadException TracesNotTaken(string location, string? version, ApiException inner) => new(
        nameof(TracesNotTaken), ErrorKind.ServiceFailure,
        $"MLflow at {location} takes no traces from GenieLoad, and says: {inner.Message.TrimEnd('.')}.",
        "They need MLflow 3.12 or newer with a database as its backend store"
            + (version is null ? "." : $"; this server is {version}.")
            + " The runs are written; export again with -Trace to add the traces.",
        location, inner);

    /// <summary>A value of somebody else's, for a message: short, on one line, without what would steer a terminal.</summary>
    private static string Shown(string value)
    {
        const int longest = 120;
        string text = PrintableText.Of(Redactor.Redact(Redactor.WithoutQuery(value))).ReplaceLineEndings(" ").Replace('\t', ' ');
        return text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
    }

    /// <summary>What a failed call means.</summary>
    /// <param name="location">The server.</param>
    /// <param name="host">Name by which it was called.</param>
    /// <param name="what">What was to be done, as in "refused to ...".</param>
    /// <param name="exception">The failed call.</param>
    public static GenieLoadException Explain(string location, string host, string what, ApiException exception) =>
        HttpErrors.OfAnother(host, exception) ?? exception.Failure switch
    {
        // There was no token to show: that error says why, and what to do.
        { Exception: GenieLoadException own } => own,
        { TokenRefused: true } => MlflowRefusedCredential(location, exception),
        { HttpStatus: 403 } failure when failure.Message.StartsWith("Invalid Host header", StringComparison.OrdinalIgnoreCase) =>
            MlflowRefusedHost(host, exception),
        { ErrorType: "RESOURCE_LIMIT_EXCEEDED" or "QUOTA_EXCEEDED" } or { HttpStatus: 413 or 507 } =>
            MlflowQuotaReached(location, what, exception),
        { HttpStatus: 403 } => MlflowAccessDenied(location, what, exception),
        { Kind: FailureKind.Throttled } => MlflowThrottled(location, exception),
        { Kind: FailureKind.Transport, ErrorType: AnswerFault.Malformed } => NotAnMlflowServer(location, exception),
        { Kind: FailureKind.Transport or FailureKind.Unavailable or FailureKind.ServerError } => MlflowUnreachable(location, exception),
        // MLflow's own errors carry a code; a page or a bare text comes from something else.
        { HttpStatus: 404 } failure when failure.ErrorType == "HTTP_404" => NotAnMlflowServer(location, exception),
        _ => MlflowRefused(location, what, exception),
    };
}
