using System.Management.Automation;
using System.Net;
using System.Security;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Puts a run into MLflow: a parent run, a nested run per question, read back and compared.</summary>
[Cmdlet(VerbsData.Export, "GenieRunToMlflow", SupportsShouldProcess = true, DefaultParameterSetName = "Token")]
[OutputType(typeof(MlflowExport))]
public sealed class ExportGenieRunToMlflowCommand : GenieCmdlet
{
    private static readonly MlflowExportOptions Defaults = new();

    /// <summary>The run.</summary>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun, its id, its folder, or a .json file from Export-GenieRun.")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNull]
    public LoadRun InputObject { get; set; } = null!;

    /// <summary>Server, workspace or folder.</summary>
    [Parameter(Position = 0,
        HelpMessage = "http(s) address, databricks, databricks://profile, file: address or folder. Default: MLFLOW_TRACKING_URI, otherwise "
            + "a folder next to the runs.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TrackingUriCompleter))]
    [PathTransformation("$run | Export-GenieRunToMlflow ./mlruns")]
    public string? TrackingUri { get; set; }

    /// <summary>Name of the experiment; made when it is missing.</summary>
    [Parameter(Position = 1, HelpMessage = "Name of the experiment. Default: MLFLOW_EXPERIMENT_NAME, otherwise /Shared/genie-load-test.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExperimentNameCompleter))]
    [PathTransformation("$run | Export-GenieRunToMlflow ./mlruns /Shared/nightly", Wanted = "the name of an experiment")]
    public string? ExperimentName { get; set; }

    /// <summary>Id of an experiment that is there.</summary>
    [Parameter(HelpMessage = "Id of an existing experiment, instead of its name. Default: MLFLOW_EXPERIMENT_ID.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ExperimentId { get; set; }

    /// <summary>Workspace of the tracking server.</summary>
    [Parameter(HelpMessage = "Workspace of a tracking server with workspaces (MLflow 3.10 or newer). Default: MLFLOW_WORKSPACE.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Workspace { get; set; }

    /// <summary>User name and password.</summary>
    [Parameter(ParameterSetName = "Credential", Mandatory = true,
        HelpMessage = "User name and password of the tracking server. Default: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.")]
    [ValidateNotNull]
    [Credential]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public PSCredential? Credential { get; set; }

    /// <summary>Access token.</summary>
    [Parameter(ParameterSetName = "Token",
        HelpMessage = "Access token as a SecureString. Default: MLFLOW_TRACKING_TOKEN; for Databricks, DATABRICKS_TOKEN or a profile.")]
    [SecretTransformation("MLFLOW_TRACKING_TOKEN")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public SecureString? Token { get; set; }

    /// <summary>Nested runs written at a time.</summary>
    [Parameter(HelpMessage = "Nested runs written at a time, 1 to 32. Default 3.")]
    [ValidateRange(1, 32)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int ThrottleLimit { get; set; } = Defaults.ThrottleLimit;

    /// <summary>Writes the parent run alone.</summary>
    [Parameter(HelpMessage = "Write only the parent run, without a nested run for each question.")]
    public SwitchParameter SkipQuestionRun { get; set; }

    /// <summary>Where the API responses go.</summary>
    [Parameter(HelpMessage = "Where the full API responses go: PerQuestion (with each nested run and the parent), Parent, or None.")]
    public ResponseArtifact ResponseArtifact { get; set; } = Defaults.ResponseArtifact;

    /// <summary>Leaves out what was asked and answered.</summary>
    [Parameter(HelpMessage = "Leave out questions, answers, SQL, error texts and API responses.")]
    public SwitchParameter ExcludeText { get; set; }

    /// <summary>Writes traces too.</summary>
    [Parameter(HelpMessage = "Also write each question as a trace, linked to its run. Needs a tracking server of MLflow 3.12 or newer with "
        + "a database.")]
    public SwitchParameter Trace { get; set; }

    /// <summary>Writes a new parent run although one of this run is there.</summary>
    [Parameter(HelpMessage = "Write a new parent run even if this run was exported before. Without it, the existing parent run is "
        + "completed.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Attempt(() =>
    {
        MlflowExportOptions options = Options();
        RoutedLog log = new();
        MlflowExporter? exporter = null;
        try
        {
            MlflowExportPlan plan = Run(async (channel, stop) =>
            {
                log.Target = channel.Log;
                exporter = new MlflowExporter(options, TimeProvider.System, new EngineLog(TimeProvider.System, log));
                return await exporter.PrepareAsync(InputObject, stop).ConfigureAwait(false);
            });
            if (!ShouldProcess($"experiment '{plan.ExperimentName}' in {plan.Location}", plan.Description))
                return;
            Run(async (channel, stop) =>
            {
                log.Target = channel.Log;
                MlflowExport export = await exporter!.ExportAsync(plan, progress => Show(channel, progress), stop).ConfigureAwait(false);
                await channel.WriteAsync(export).ConfigureAwait(false);
            });
        }
        finally
        {
            exporter?.Dispose();
        }
    });

    private void Show(ICmdletChannel channel, MlflowProgress progress) =>
        channel.Report(new ProgressLine($"Export of {InputObject.RunId} to MLflow", progress.Status, progress.Percent));

    private MlflowExportOptions Options()
    {
        // On the pipeline's thread: which connection is current depends on the runspace.
        WorkspaceAccess? connected = OpenConnections.Current is Connection connection ? OpenConnections.Access(connection) : null;
        return Options(connected);
    }

    private MlflowExportOptions Options(WorkspaceAccess? connected) => new()
    {
        ConnectedWorkspace = connected?.Workspace,
        ConnectedCredential = connected?.Credential,
        TrackingUri = Target(),
        ExperimentName = ExperimentName,
        ExperimentId = ExperimentId,
        Workspace = Workspace,
        UserName = Credential?.UserName,
        Password = Credential?.GetNetworkCredential().Password,
        Token = Token is null ? null : new NetworkCredential("", Token).Password,
        ThrottleLimit = ThrottleLimit,
        SkipQuestionRun = SkipQuestionRun,
        ResponseArtifact = ResponseArtifact,
        ExcludeText = ExcludeText,
        Trace = Trace,
        Force = Force,
    };

    /// <summary>A folder is looked for from the current location of PowerShell, not of the process.</summary>
    private string? Target()
    {
        string? uri = TrackingUri ?? VariableText.Read("MLFLOW_TRACKING_URI");
        return uri is not null && MlflowExportOptions.FolderOf(uri) is string folder ? Paths.Output(folder) : uri;
    }

    /// <summary>A log whose lines go to whichever channel is open.</summary>
    private sealed class RoutedLog : ILogSink
    {
        public ILogSink? Target { get; set; }

        public bool IsEnabled(LogSeverity severity) => Target?.IsEnabled(severity) == true;

        public void Write(LogEvent logEvent) => Target?.Write(logEvent);
    }
}
