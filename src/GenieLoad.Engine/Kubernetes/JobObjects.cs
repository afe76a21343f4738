using System.Globalization;
using System.Text.Json.Nodes;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>The objects of a job, but for the plan: an Indexed Job of one pod for each shard.</summary>
/// <param name="plan">The plan.</param>
/// <param name="options">How it is run.</param>
/// <param name="name">Name of the job.</param>
internal sealed class JobObjects(Plan plan, KubernetesJobOptions options, string name)
{
    // Images of .NET have a user 'app' with this number.
    private const int User = 1654;

    // From the end of the test to the end of the process: the journal, the block in the log or the export.
    private const int WriteOutSeconds = 60;

    // A working day to read logs; then the cluster removes job and pods.
    private const int KeptSeconds = 8 * 3600;

    // Readable by the user of the pods and by nobody to be changed.
    private const int ReadOnlyMode = 292;

    private const string Scripts = "/genieload";
    private const string Runs = "/runs";

    /// <summary>Name, labels and annotations of an object.</summary>
    /// <param name="component">What part of GenieLoad it is.</param>
    public JsonObject Metadata(string component)
    {
        JsonObject metadata = new() { ["name"] = name };
        if (options.Namespace is not null)
            metadata["namespace"] = options.Namespace;
        metadata["labels"] = Labels(component);
        metadata["annotations"] = new JsonObject
        {
            ["genieload/plan"] = plan.Name,
            ["genieload/plan-hash"] = plan.Hash ?? "",
            ["genieload/start-at"] = StartAt,
        };
        return metadata;
    }

    /// <summary>The job.</summary>
    /// <param name="planFile">Name of the file of the plan.</param>
    /// <param name="variables">More variables of its environment.</param>
    /// <param name="deadlines">When Kubernetes ends it.</param>
    public JsonObject Job(string planFile, IReadOnlyDictionary<string, string> variables, JobDeadlines deadlines) => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "Job",
        ["metadata"] = Metadata("shard"),
        ["spec"] = new JsonObject
        {
            ["completionMode"] = "Indexed",
            ["completions"] = options.ShardCount,
            ["parallelism"] = options.ShardCount,
            // A shard that died costs its own rows: the others go on, and nothing asks its questions a second time.
            ["backoffLimitPerIndex"] = 0,
            ["maxFailedIndexes"] = options.ShardCount,
            ["podFailurePolicy"] = new JsonObject
            {
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["action"] = "FailIndex",
                    ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }),
                }),
            },
            ["activeDeadlineSeconds"] = deadlines.JobSeconds,
            ["ttlSecondsAfterFinished"] = KeptSeconds,
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = Labels("shard") },
                ["spec"] = Pod(planFile, variables, deadlines.PodSeconds),
            },
        },
    };

    private string StartAt => options.StartAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private JsonObject Labels(string component) => new()
    {
        ["app.kubernetes.io/name"] = "genieload",
        ["app.kubernetes.io/instance"] = name,
        ["app.kubernetes.io/component"] = component,
        ["app.kubernetes.io/version"] = typeof(JobObjects).Assembly.GetName().Version!.ToString(fieldCount: 3),
        ["app.kubernetes.io/managed-by"] = "genieload",
    };

    private JsonObject Pod(string planFile, IReadOnlyDictionary<string, string> variables, long deadlineSeconds)
    {
        JsonObject pod = new()
        {
            ["restartPolicy"] = "Never",
            ["activeDeadlineSeconds"] = deadlineSeconds,
            ["terminationGracePeriodSeconds"] = (long)Math.Ceiling(options.StopGraceSeconds) + WriteOutSeconds,
            // A shard speaks to the workspace and never to the cluster.
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = User,
                ["runAsGroup"] = User,
                ["fsGroup"] = User,
                ["fsGroupChangePolicy"] = "OnRootMismatch",
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
        };
        if (options.ImagePullSecret is not null)
            pod["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = options.ImagePullSecret });
        if (options.NodeSelector.Count > 0)
        {
            pod["nodeSelector"] = new JsonObject(options.NodeSelector.OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        }
        pod["topologySpreadConstraints"] = new JsonArray(new JsonObject
        {
            ["maxSkew"] = 1,
            ["topologyKey"] = "kubernetes.io/hostname",
            // Better two shards on one node than one that never starts.
            ["whenUnsatisfiable"] = "ScheduleAnyway",
            ["labelSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app.kubernetes.io/instance"] = name } },
        });
        pod["containers"] = new JsonArray(Container(planFile, variables));
        pod["volumes"] = Volumes();
        return pod;
    }

    private JsonObject Container(string planFile, IReadOnlyDictionary<string, string> variables)
    {
        // Equal, so that the pod is of the class that is evicted last, and its clock ticks alike throughout the test.
        JsonObject Resources() => new() { ["cpu"] = options.Cpu, ["memory"] = options.Memory };
        return new JsonObject
        {
            ["name"] = "shard",
            ["image"] = options.Image,
            ["command"] = new JsonArray("pwsh", "-NoProfile", "-NonInteractive", "-File", $"{Scripts}/{PlanConfigMap.ScriptName}"),
            ["envFrom"] = new JsonArray(new JsonObject { ["secretRef"] = new JsonObject { ["name"] = options.SecretName } }),
            ["env"] = Environment(planFile, variables),
            ["resources"] = new JsonObject { ["requests"] = Resources(), ["limits"] = Resources() },
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            },
            ["volumeMounts"] = new JsonArray(
                Mount("plan", Scripts, isReadOnly: true), Mount("runs", Runs), Mount("tmp", "/tmp")),
        };
    }

    private JsonArray Environment(string planFile, IReadOnlyDictionary<string, string> variables)
    {
        JsonArray environment =
        [
            Variable("GENIELOAD_PLAN", $"{Scripts}/{planFile}"),
            Variable("GENIELOAD_SHARDS", options.ShardCount.ToString(CultureInfo.InvariantCulture)),
            Variable("GENIELOAD_START_AT", StartAt),
            Variable("GENIELOAD_STOP_GRACE", Seconds(options.StopGraceSeconds)),
            Variable("GENIELOAD_RESULT", options.Result.ToString()),
            Variable("GENIELOAD_STORE", $"{Runs}/{name}"),
            Variable("GENIELOAD_HOME", Runs),
        ];
        if (options.MaximumDurationSeconds is double longest)
            environment.Add((JsonNode)Variable("GENIELOAD_MAXIMUM_DURATION", Seconds(longest)));
        environment.Add((JsonNode)(options.Place is string place ? Variable("GENIELOAD_PLACE", place) : new JsonObject
        {
            ["name"] = "GENIELOAD_PLACE",
            ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = "spec.nodeName" } },
        }));
        foreach ((string key, string value) in variables)
            environment.Add((JsonNode)Variable(key, value));
        // PowerShell keeps caches at home.
        environment.Add((JsonNode)Variable("HOME", "/tmp"));
        environment.Add((JsonNode)Variable("NO_COLOR", "1"));
        environment.Add((JsonNode)Variable("POWERSHELL_TELEMETRY_OPTOUT", "1"));
        environment.Add((JsonNode)Variable("POWERSHELL_UPDATECHECK", "Off"));
        return environment;
    }

    private JsonArray Volumes() =>
    [
        new JsonObject
        {
            ["name"] = "plan",
            ["configMap"] = new JsonObject { ["name"] = name, ["defaultMode"] = ReadOnlyMode },
        },
        options.VolumeClaim is string claim
            ? new JsonObject { ["name"] = "runs", ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = claim } }
            : new JsonObject { ["name"] = "runs", ["emptyDir"] = new JsonObject() },
        new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject() },
    ];

    // A '$' begins a reference to another variable, and two are one.
    private static JsonObject Variable(string key, string value) =>
        new() { ["name"] = key, ["value"] = value.Replace("$", "$$", StringComparison.Ordinal) };

    private static JsonObject Mount(string volume, string path, bool isReadOnly = false)
    {
        JsonObject mount = new() { ["name"] = volume, ["mountPath"] = path };
        if (isReadOnly)
            mount["readOnly"] = true;
        return mount;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
