using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Options;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Where and how a run is exported. What is not given comes from the environment variables that MLflow itself knows.</summary>
public sealed class MlflowExportOptions
{
    /// <summary>Experiment when neither parameter nor environment names one.</summary>
    public const string DefaultExperimentName = "/Shared/genie-load-test";

    /// <summary>
    /// <c>http(s)</c> address, <c>databricks</c>, <c>databricks://profile</c>, <c>file:</c> address or full path of a folder. Else
    /// <c>MLFLOW_TRACKING_URI</c>, else a folder beside the runs.
    /// </summary>
    public string? TrackingUri { get; init; }

    /// <summary>Name of the experiment. Else <c>MLFLOW_EXPERIMENT_NAME</c>, else <see cref="DefaultExperimentName"/>.</summary>
    public string? ExperimentName { get; init; }

    /// <summary>Id of an experiment that is there. Else <c>MLFLOW_EXPERIMENT_ID</c>.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>User name for HTTP basic authentication. Else <c>MLFLOW_TRACKING_USERNAME</c>.</summary>
    public string? UserName { get; init; }

    /// <summary>Password for HTTP basic authentication. Else <c>MLFLOW_TRACKING_PASSWORD</c>.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Bearer token, used where there is no user name. Else <c>MLFLOW_TRACKING_TOKEN</c>; for Databricks as for its own calls.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>
    /// Workspace that somebody is connected to: what <c>databricks</c> means when neither parameter nor environment nor profile names one.
    /// </summary>
    public Uri? ConnectedWorkspace { get; init; }

    /// <summary>What opens <see cref="ConnectedWorkspace"/>.</summary>
    public ICredential? ConnectedCredential { get; init; }

    /// <summary>Workspace of the tracking server. Else <c>MLFLOW_WORKSPACE</c>.</summary>
    public string? Workspace { get; init; }

    /// <summary>Nested runs written at a time, 1 to 32. Default 3: more only stretches the tail on a small server.</summary>
    public int ThrottleLimit { get; init; } = 3;

    /// <summary>Writes a new parent run although one of this run is there.</summary>
    public bool Force { get; init; }

    /// <summary>Writes the parent run alone.</summary>
    public bool SkipQuestionRun { get; init; }

    /// <summary>Where the API responses go.</summary>
    public ResponseArtifact ResponseArtifact { get; init; }

    /// <summary>Leaves out what was asked and answered: questions, answers, SQL, error texts, responses.</summary>
    public bool ExcludeText { get; init; }

    /// <summary>Writes the questions as traces too, each linked to its run.</summary>
    public bool Trace { get; init; }

    /// <summary>
    /// The folder that a tracking URI names as people type it, relative or not; <see langword="null"/> for everything else.
    /// </summary>
    /// <param name="trackingUri">A tracking URI.</param>
    public static string? FolderOf(string trackingUri)
    {
        ArgumentNullException.ThrowIfNull(trackingUri);
        string text = trackingUri.Trim();
        if (text.Contains("://", StringComparison.Ordinal) || text.Equals("databricks", StringComparison.OrdinalIgnoreCase)
            || text.Equals(TrackingTarget.ModelRegistry, StringComparison.OrdinalIgnoreCase) || TrackingTarget.IsHostWithPort(text))
            return null;
        return text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? text["file:".Length..] : text;
    }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>MlflowCredentialIncomplete</c>.</exception>
    public void Validate()
    {
        OptionRange.Check(nameof(ThrottleLimit), ThrottleLimit, 1, 32);
        if (UserName is null != Password is null)
            throw MlflowErrors.MlflowCredentialIncomplete();
    }
}
