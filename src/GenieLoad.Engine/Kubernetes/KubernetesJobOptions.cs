using GenieLoad.Engine.Options;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>What a Kubernetes job is made of, besides the plan.</summary>
public sealed record KubernetesJobOptions
{
    /// <summary>Most shards of a job.</summary>
    public const int MaximumShards = 1000;

    /// <summary>Number of shards, 1 to <see cref="MaximumShards"/>; each is a pod.</summary>
    public required int ShardCount { get; init; }

    /// <summary>Reference of an image that holds PowerShell and the module.</summary>
    public required string Image { get; init; }

    /// <summary>Name of the secret whose keys are the environment variables of the credential.</summary>
    public required string SecretName { get; init; }

    /// <summary>Instant at which all shards begin, UTC, later than now by at most 31 days.</summary>
    public required DateTime StartAt { get; init; }

    /// <summary>Name of job and config map; by default <c>genieload-</c> and <see cref="StartAt"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace of both; <see langword="null"/> for that of whoever creates them.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the place in the rows; by default the node of each pod.</summary>
    public string? Place { get; init; }

    /// <summary>Processor of each pod, request and limit, as a quantity.</summary>
    public string Cpu { get; init; } = "500m";

    /// <summary>Memory of each pod, request and limit, as a quantity.</summary>
    public string Memory { get; init; } = "512Mi";

    /// <summary>Seconds that questions in flight have when a pod is told to end, 0 to 3,600.</summary>
    public double StopGraceSeconds { get; init; } = 30;

    /// <summary>Longest time of the test, in seconds, above 0; <see langword="null"/> for no limit but the deadline of the job.</summary>
    public double? MaximumDurationSeconds { get; init; }

    /// <summary>Where the results go.</summary>
    public KubernetesResult Result { get; init; }

    /// <summary>Name of the claim of the volume for <see cref="KubernetesResult.Volume"/>.</summary>
    public string? VolumeClaim { get; init; }

    /// <summary>
    /// Tracking server for <see cref="KubernetesResult.Mlflow"/>; the secret may set it instead (<c>MLFLOW_TRACKING_URI</c>).
    /// </summary>
    public string? MlflowTrackingUri { get; init; }

    /// <summary>Workspace; the secret may set it instead (<c>DATABRICKS_HOST</c>).</summary>
    public string? WorkspaceUrl { get; init; }

    /// <summary>Space; the secret may set it instead (<c>GENIE_SPACE_ID</c>).</summary>
    public string? SpaceId { get; init; }

    /// <summary>Name of the secret by which nodes pull the image; <see langword="null"/> for none.</summary>
    public string? ImagePullSecret { get; init; }

    /// <summary>Labels of the nodes on which pods may run; empty for any node.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>Refuses what a cluster would refuse, or what contradicts itself.</summary>
    /// <param name="now">The instant of now, UTC.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>InvalidKubernetesName</c>, <c>InvalidKubernetesValue</c>, <c>StartAtNotAhead</c>,
    /// <c>VolumeClaimMissing</c>, <c>OtherResultChosen</c>.
    /// </exception>
    public void Validate(DateTime now)
    {
        const double LongestWait = 31 * 86_400;
        OptionRange.Check(nameof(ShardCount), ShardCount, 1, MaximumShards);
        OptionRange.Check(nameof(StopGraceSeconds), StopGraceSeconds, 0, 3600);
        if (MaximumDurationSeconds is double longest)
            OptionRange.Check(nameof(MaximumDurationSeconds), longest, 0.001, LongestWait);
        if ((StartAt - now).TotalSeconds is <= 0 or > LongestWait)
            throw KubernetesErrors.StartAtNotAhead(StartAt);
        KubernetesText.CheckImage(nameof(Image), Image);
        KubernetesText.CheckQuantity(nameof(Cpu), Cpu);
        KubernetesText.CheckQuantity(nameof(Memory), Memory);
        if (Name is not null)
            KubernetesText.CheckJobName(nameof(Name), Name, ShardCount);
        if (Namespace is not null)
            KubernetesText.CheckLabel(nameof(Namespace), Namespace);
        KubernetesText.CheckSubdomain(nameof(SecretName), SecretName);
        if (ImagePullSecret is not null)
            KubernetesText.CheckSubdomain(nameof(ImagePullSecret), ImagePullSecret);
        foreach ((string key, string value) in NodeSelector)
            KubernetesText.CheckNodeLabel(nameof(NodeSelector), key, value);
        KubernetesText.CheckLine(nameof(Place), Place);
        CheckResult();
    }

    private void CheckResult()
    {
        if (VolumeClaim is not null)
            KubernetesText.CheckSubdomain(nameof(VolumeClaim), VolumeClaim);
        if (Result == KubernetesResult.Volume && VolumeClaim is null)
            throw KubernetesErrors.VolumeClaimMissing();
        if (Result != KubernetesResult.Volume && VolumeClaim is not null)
            throw KubernetesErrors.OtherResultChosen(nameof(VolumeClaim), KubernetesResult.Volume, Result);
        if (Result != KubernetesResult.Mlflow && MlflowTrackingUri is not null)
            throw KubernetesErrors.OtherResultChosen(nameof(MlflowTrackingUri), KubernetesResult.Mlflow, Result);
    }
}
