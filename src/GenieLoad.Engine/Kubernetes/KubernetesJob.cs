using System.Globalization;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>
/// A plan as an Indexed Job of Kubernetes: each pod is a shard. It needs the image, the secret, and Kubernetes 1.29 or newer, whose jobs
/// can fail index by index.
/// </summary>
public static class KubernetesJob
{
    /// <summary>Makes the manifest.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="now">The instant of now, UTC.</param>
    /// <exception cref="GenieLoadException">
    /// As <see cref="KubernetesJobOptions.Validate"/>; <c>PlanNotWhole</c>, <c>PlanHasConnections</c>, <c>EmptyShard</c>,
    /// <c>PlanTooLarge</c>, <c>InvalidWorkspaceUrl</c>, <c>SpaceOfAnotherWorkspace</c>, <c>InvalidTrackingUri</c>.
    /// </exception>
    public static KubernetesManifest Manifest(Plan plan, KubernetesJobOptions options, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(now);
        if (plan.Connections is not null)
            throw KubernetesErrors.PlanHasConnections(plan);
        _ = PlanShards.Of(plan, new Shard(options.ShardCount, options.ShardCount));
        string name = options.Name ?? "genieload-" + options.StartAt.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        JobObjects objects = new(plan, options, name);
        PlanConfigMap planFile = PlanConfigMap.Of(plan, objects.Metadata("plan"));
        JsonObject job = objects.Job(planFile.FileName, Variables(options), new JobDeadlines(plan, options, now));
        return new KubernetesManifest(name, ManifestYaml.Of(planFile.Object, job), planFile.IsTooLargeToApply);
    }

    /// <summary>What of the connection and of MLflow is no secret, in the form in which it is used.</summary>
    private static Dictionary<string, string> Variables(KubernetesJobOptions options)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        Uri? workspace = options.WorkspaceUrl is string url ? WorkspaceAddress.Parse(url) : SpaceAddress.WorkspaceOf(options.SpaceId);
        if (workspace is not null)
            variables["DATABRICKS_HOST"] = WorkspaceAddress.ToText(workspace);
        if (options.SpaceId is string space)
        {
            string id = workspace is null ? space.Trim() : SpaceAddress.IdOf(space, workspace);
            variables["GENIE_SPACE_ID"] = ServiceId.IsPlausible(id) ? id : throw KubernetesErrors.InvalidKubernetesValue(
                nameof(options.SpaceId), space, "Give the id of a space, or the address of its page.");
        }
        if (options.MlflowTrackingUri is string tracking)
        {
            // In a pod, a folder ends with it.
            if (TrackingTarget.Parse(tracking).Folder is not null)
                throw KubernetesErrors.InvalidKubernetesValue(
                    nameof(options.MlflowTrackingUri), tracking, "Give the address of a tracking server, or 'databricks'.");
            variables["MLFLOW_TRACKING_URI"] = tracking.Trim();
        }
        return variables;
    }
}
