using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Kubernetes;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Writes the manifest of a Kubernetes job whose pods each run a shard of a plan.</summary>
[Cmdlet(VerbsCommon.New, "GenieKubernetesJob", SupportsShouldProcess = true, DefaultParameterSetName = DelaySet)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class NewGenieKubernetesJobCommand : GenieCmdlet
{
    private const string DelaySet = "StartDelay";
    private const string InstantSet = "StartAt";

    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "Plan to run: a file of Export-GeniePlan, or the plan of Get-GenieScenario -Plan.")]
    [PlanTransformation]
    [ValidateNotNull]
    public Plan Plan { get; set; } = null!;

    /// <summary>Number of shards.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Number of shards, 1 to 1,000; each is a pod.")]
    [Alias("Shards")]
    [ValidateRange(1, KubernetesJobOptions.MaximumShards)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int ShardCount { get; set; }

    /// <summary>Image of the pods.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Image with PowerShell and GenieLoad, such as registry.example.com/genieload:0.2.0.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Image { get; set; } = "";

    /// <summary>Secret with the credential.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Name of the secret with the environment variables of the credential, such as "
        + "DATABRICKS_HOST, DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string SecretName { get; set; } = "";

    /// <summary>Name of job and config map.</summary>
    [Parameter(HelpMessage = "Name of the job and its config map. Default: genieload- and the start in UTC.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Name { get; set; }

    /// <summary>Namespace of both.</summary>
    [Parameter(HelpMessage = "Namespace of both. Default: that of kubectl.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Instant at which all shards begin.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InstantSet,
        HelpMessage = "Instant at which all shards begin, such as 2026-11-30T08:00:00Z.")]
    [ArgumentCompleter(typeof(InstantCompleter))]
    public DateTime StartAt { get; set; }

    /// <summary>Time from now until all shards begin.</summary>
    [Parameter(ParameterSetName = DelaySet,
        HelpMessage = "Time from now until all shards begin: enough to create the job and to pull the image. Default '5m'.")]
    [DurationTransformation]
    [ValidateDuration(1, 2_678_400)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan StartDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Name of the place in the rows.</summary>
    [Parameter(HelpMessage = "Name of the place that all shards ask from. Default: the node of each pod.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Place { get; set; }

    /// <summary>Processor of each pod.</summary>
    [Parameter(HelpMessage = "CPU of each pod, request and limit, such as 500m or 2. Default 500m.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CpuCompleter))]
    public string Cpu { get; set; } = "500m";

    /// <summary>Memory of each pod.</summary>
    [Parameter(HelpMessage = "Memory of each pod, request and limit, such as 512Mi or 1Gi. Default 512Mi.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemoryCompleter))]
    public string Memory { get; set; } = "512Mi";

    /// <summary>Time that questions in flight have when a pod is told to end.</summary>
    [Parameter(HelpMessage = "Time for questions in flight to finish when a pod is told to end. Default '30s'.")]
    [DurationTransformation]
    [ValidateDuration(0, 3600)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time of the test.</summary>
    [Parameter(HelpMessage = "Maximum time of the test, such as '2h'; then no more questions are sent. No limit by default.")]
    [DurationTransformation]
    [ValidateDuration(0.001, 2_678_400)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>Where the results go.</summary>
    [Parameter(HelpMessage = "Where the results go: Log (a block of text at the end of each pod's log), Volume or Mlflow. Default Log.")]
    [Alias("Results")]
    public KubernetesResult Result { get; set; }

    /// <summary>Claim of the volume.</summary>
    [Parameter(HelpMessage = "Claim of the volume for -Result Volume, which all nodes must be able to write at once (ReadWriteMany).")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? VolumeClaim { get; set; }

    /// <summary>Tracking server.</summary>
    [Parameter(HelpMessage = "Tracking server for -Result Mlflow. Default: MLFLOW_TRACKING_URI in the secret.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TrackingUriCompleter))]
    public string? MlflowTrackingUri { get; set; }

    /// <summary>Workspace.</summary>
    [Parameter(HelpMessage = "Address of the workspace. Default: DATABRICKS_HOST in the secret.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkspaceUrlCompleter))]
    public string? WorkspaceUrl { get; set; }

    /// <summary>Space.</summary>
    [Parameter(HelpMessage = "Id of the space, or the address of its page. Default: GENIE_SPACE_ID in the secret.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string? SpaceId { get; set; }

    /// <summary>Secret by which nodes pull the image.</summary>
    [Parameter(HelpMessage = "Name of the secret by which the nodes pull the image. None by default.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ImagePullSecret { get; set; }

    /// <summary>Labels of the nodes.</summary>
    [Parameter(HelpMessage = "Labels of the nodes on which the pods may run, such as @{ 'topology.kubernetes.io/region' = 'westeurope' }.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NodeSelectorCompleter))]
    public Hashtable NodeSelector { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Parameter(HelpMessage = "File to write. Without it, the manifest is returned as text.")]
    [PathTransformation("New-GenieKubernetesJob plan.json 4 -Image genieload -SecretName genie -Path job.yaml")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter(HelpMessage = "Replace an existing file.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether the file is written to the pipeline.</summary>
    [Parameter(HelpMessage = "Return the written file.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string? path = Path is null ? null : Paths.Output(Path);
        if (path is not null)
            AtomicFile.Check(path, Force);
        DateTime now = DateTime.UtcNow;
        KubernetesManifest manifest = KubernetesJob.Manifest(Plan, Options(now), now);
        if (path is not null && !ShouldProcess(path, $"Write the manifest of job '{manifest.Name}'"))
            return;
        if (manifest.IsTooLargeToApply)
            WriteWarning("The plan is too large for 'kubectl apply'. Use 'kubectl create', or 'kubectl apply --server-side'.");
        if (path is null)
        {
            WriteObject(manifest.Text);
            return;
        }
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(manifest.Text)), Force);
        if (PassThru)
            WriteObject(new FileInfo(path));
    }

    private KubernetesJobOptions Options(DateTime now) => new()
    {
        ShardCount = ShardCount,
        Image = Image,
        SecretName = SecretName,
        Name = Name,
        Namespace = Namespace,
        StartAt = ParameterSetName == InstantSet ? StartAt.ToUniversalTime() : WholeSecond(now + StartDelay),
        Place = Place,
        Cpu = Cpu,
        Memory = Memory,
        StopGraceSeconds = StopGrace.TotalSeconds,
        MaximumDurationSeconds = Given(nameof(MaximumDuration)) ? MaximumDuration.TotalSeconds : null,
        Result = Result,
        VolumeClaim = VolumeClaim,
        MlflowTrackingUri = MlflowTrackingUri,
        WorkspaceUrl = WorkspaceUrl,
        SpaceId = SpaceId,
        ImagePullSecret = ImagePullSecret,
        NodeSelector = NodeSelector.Cast<DictionaryEntry>().ToDictionary(Text(label => label.Key), Text(label => label.Value)),
    };

    private static Func<DictionaryEntry, string> Text(Func<DictionaryEntry, object?> part) =>
        label => Convert.ToString(InputConversion.Unwrap(part(label)), CultureInfo.InvariantCulture) ?? "";

    /// <summary>The next whole second, which people can read.</summary>
    private static DateTime WholeSecond(DateTime instant) =>
        new((instant.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
}
