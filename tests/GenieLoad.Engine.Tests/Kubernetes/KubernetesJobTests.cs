using System.Text.RegularExpressions;
using GenieLoad.Engine.Kubernetes;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;
using k8s.Models;

namespace GenieLoad.Engine.Tests.Kubernetes;

public sealed class KubernetesJobTests
{
    private static readonly KubernetesJobOptions All = JobManifest.Least with
    {
        Name = "nightly", Namespace = "load", Place = "westeurope", Cpu = "2", Memory = "1Gi", StopGraceSeconds = 12.5,
        MaximumDurationSeconds = 7200, Result = KubernetesResult.Volume, VolumeClaim = "runs.shared", ImagePullSecret = "registry",
        WorkspaceUrl = "adb-1.2.azuredatabricks.net", SpaceId = "01ef1234567890abcdef1234567890ab",
        NodeSelector = new Dictionary<string, string> { ["topology.kubernetes.io/region"] = "westeurope", ["on"] = "true" },
    };

    [Fact]
    public void Each_pod_is_a_shard_and_none_is_started_a_second_time()
    {
        V1JobSpec spec = JobManifest.Of().Job.Spec;

        Assert.Equal(("Indexed", 4, 4), (spec.CompletionMode, spec.Completions, spec.Parallelism));
        Assert.Equal("Never", spec.Template.Spec.RestartPolicy);
        // Without a limit for the whole job, which would end the others with the first that fails.
        Assert.Equal((0, 4, null), (spec.BackoffLimitPerIndex, spec.MaxFailedIndexes, spec.BackoffLimit));
        V1PodFailurePolicyRule rule = Assert.Single(spec.PodFailurePolicy.Rules);
        V1PodFailurePolicyOnPodConditionsPattern condition = Assert.Single(rule.OnPodConditions);
        Assert.Equal(("FailIndex", "DisruptionTarget", "True"), (rule.Action, condition.Type, condition.Status));
    }

    [Fact]
    public void A_pod_may_do_nothing_but_run_the_test()
    {
        JobManifest manifest = JobManifest.Of();
        V1SecurityContext container = manifest.Container.SecurityContext;
        V1PodSecurityContext pod = manifest.Pod.SecurityContext;

        Assert.Equal((false, true), (container.AllowPrivilegeEscalation, container.ReadOnlyRootFilesystem));
        Assert.Equal(["ALL"], container.Capabilities.Drop);
        Assert.Equal((true, 1654, 1654), (pod.RunAsNonRoot, pod.RunAsUser, pod.RunAsGroup));
        Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
        Assert.Equal((false, false), (manifest.Pod.AutomountServiceAccountToken, manifest.Pod.EnableServiceLinks));
    }

    [Fact]
    public void What_is_written_to_is_a_volume_and_the_plan_is_not()
    {
        JobManifest manifest = JobManifest.Of();
        var mounts = manifest.Container.VolumeMounts.ToDictionary(mount => mount.MountPath);
        var volumes = manifest.Pod.Volumes.ToDictionary(volume => volume.Name);

        Assert.Equal(manifest.Map.Metadata.Name, volumes[mounts["/genieload"].Name].ConfigMap.Name);
        Assert.Equal(0b100_100_100, volumes[mounts["/genieload"].Name].ConfigMap.DefaultMode);
        Assert.True(mounts["/genieload"].ReadOnlyProperty);
        Assert.True(manifest.Map.Immutable);
        Assert.NotNull(volumes[mounts["/runs"].Name].EmptyDir);
        Assert.NotNull(volumes[mounts["/tmp"].Name].EmptyDir);
        // PowerShell keeps caches at home; runs go to the volume of runs.
        Assert.Equal(("/tmp", "/runs"), (manifest.Variable("HOME"), manifest.Variable("GENIELOAD_HOME")));
        Assert.StartsWith("/runs/", manifest.Variable("GENIELOAD_STORE"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_credential_is_in_the_secret_alone()
    {
        JobManifest manifest = JobManifest.Of(All);

        V1EnvFromSource source = Assert.Single(manifest.Container.EnvFrom);
        Assert.Equal(("genie-credentials", null), (source.SecretRef.Name, source.ConfigMapRef));
        Assert.DoesNotContain(manifest.Container.Env, variable => Regex.IsMatch(variable.Name, "TOKEN|SECRET|PASSWORD|CLIENT"));
    }

    [Fact]
    public void What_a_pod_asks_for_is_all_that_it_gets()
    {
        V1ResourceRequirements usual = JobManifest.Of().Container.Resources;
        V1ResourceRequirements given = JobManifest.Of(All).Container.Resources;

        Assert.Equal(("500m", "512Mi"), ($"{usual.Requests["cpu"]}", $"{usual.Requests["memory"]}"));
        Assert.Equal(("2", "1Gi"), ($"{given.Limits["cpu"]}", $"{given.Limits["memory"]}"));
        Assert.All(new[] { usual, given }, resources => Assert.Equal(Texts(resources.Requests), Texts(resources.Limits)));
    }

    [Fact]
    public void Everything_that_was_given_is_in_it()
    {
        JobManifest manifest = JobManifest.Of(All);

        Assert.Equal(
            ("nightly", "load", "nightly", "load"),
            (manifest.Job.Metadata.Name, manifest.Job.Metadata.NamespaceProperty, manifest.Map.Metadata.Name,
                manifest.Map.Metadata.NamespaceProperty));
        Assert.Equal(("westeurope", "12.5", "7200"), (manifest.Variable("GENIELOAD_PLACE"), manifest.Variable("GENIELOAD_STOP_GRACE"),
            manifest.Variable("GENIELOAD_MAXIMUM_DURATION")));
        Assert.Equal("https://adb-1.2.azuredatabricks.net", manifest.Variable("DATABRICKS_HOST"));
        Assert.Equal("01ef1234567890abcdef1234567890ab", manifest.Variable("GENIE_SPACE_ID"));
        Assert.Equal("registry", Assert.Single(manifest.Pod.ImagePullSecrets).Name);
        Assert.Equal(All.NodeSelector, new SortedDictionary<string, string>(manifest.Pod.NodeSelector));
        Assert.Equal(("Volume", "/runs/nightly"), (manifest.Variable("GENIELOAD_RESULT"), manifest.Variable("GENIELOAD_STORE")));
        Assert.Equal("runs.shared", manifest.Pod.Volumes.Single(volume => volume.Name == "runs").PersistentVolumeClaim.ClaimName);
        Assert.Equal(
            "databricks", JobManifest.Of(JobManifest.Least with { Result = KubernetesResult.Mlflow, MlflowTrackingUri = "databricks" })
                .Variable("MLFLOW_TRACKING_URI"));
    }

    [Fact]
    public void The_space_may_be_given_as_the_address_of_its_page_and_names_the_workspace()
    {
        JobManifest manifest = JobManifest.Of(JobManifest.Least with
        {
            SpaceId = "https://adb-1.2.azuredatabricks.net/genie/rooms/01ef1234567890abcdef1234567890ab?o=1",
        });

        Assert.Equal("https://adb-1.2.azuredatabricks.net", manifest.Variable("DATABRICKS_HOST"));
        Assert.Equal("01ef1234567890abcdef1234567890ab", manifest.Variable("GENIE_SPACE_ID"));
    }

    [Fact]
    public void All_pods_begin_at_one_instant_that_is_the_same_everywhere()
    {
        JobManifest manifest = JobManifest.Of(JobManifest.Least with { StartAt = JobManifest.Now.AddSeconds(300.25) });

        Assert.Equal("2026-11-29T20:05:00.250Z", manifest.Variable("GENIELOAD_START_AT"));
        Assert.Equal("genieload-20261129-200500", manifest.Job.Metadata.Name);
    }

    [Fact]
    public void The_place_is_the_node_unless_it_is_named()
    {
        V1EnvVar place = JobManifest.Of().Container.Env.Single(variable => variable.Name == "GENIELOAD_PLACE");

        Assert.Equal(("spec.nodeName", null), (place.ValueFrom.FieldRef.FieldPath, place.Value));
        // What begins like a reference to another variable stays a text.
        Assert.Equal(
            "$$(HOME) costs $$5", JobManifest.Of(JobManifest.Least with { Place = "$(HOME) costs $5" }).Variable("GENIELOAD_PLACE"));
    }

    [Theory]
    [InlineData(30, 90)]
    [InlineData(0, 60)]
    [InlineData(12.5, 73)]
    public void The_grace_has_room_to_write_the_results_out(double stopGrace, long expected) => Assert.Equal(
        expected, JobManifest.Of(JobManifest.Least with { StopGraceSeconds = stopGrace }).Pod.TerminationGracePeriodSeconds);

    [Fact]
    public void The_deadline_has_room_for_the_wait_and_twice_the_time_at_the_rate_limit()
    {
        Plan plan = JobManifest.Plan(100);
        double atLimit = PlanPreviewBuilder.Build(plan).LeastSeconds;

        Assert.Equal(300 + (2 * atLimit) + 30 + 1800, Deadline(JobManifest.Least, plan), 1.0);
        Assert.Equal(300 + 7200 + 30 + 1800, Deadline(JobManifest.Least with { MaximumDurationSeconds = 7200 }, plan), 1.0);
    }

    [Fact]
    public void The_deadline_has_room_for_every_answer_of_the_longest_conversation()
    {
        PlannedQuestion Question(int index, int? after) => new()
        {
            Index = index, PlannedSeconds = 0, QuestionId = $"q{index}", Text = "How many?", Conversation = "c", Turn = index,
            AfterIndex = after, ThinkSeconds = after is null ? null : 60,
        };
        Plan plan = JobManifest.Plan() with
        {
            QuestionsPerMinute = 600,
            Questions = new RowList<PlannedQuestion>([Question(1, null), Question(2, 1), Question(3, 2)]),
        };

        Assert.Equal(300 + (3 * 300) + (2 * 60) + 30 + 1800, Deadline(JobManifest.Least with { ShardCount = 1 }, plan), 1.0);
    }

    [Fact]
    public void The_deadline_has_room_for_the_slots_of_the_largest_shard()
    {
        // A conversation of nine questions and one of one, at one question a minute: half of the slots are nobody's.
        Plan plan = JobManifest.Plan() with
        {
            QuestionsPerMinute = 1,
            Questions = new RowList<PlannedQuestion>([.. Enumerable.Range(1, 10).Select(i => new PlannedQuestion
            {
                Index = i, PlannedSeconds = 0, QuestionId = $"q{i}", Text = "How many?", Conversation = i < 10 ? "a" : "b",
                Turn = i < 10 ? i : 1,
            })]),
        };

        Assert.Equal(
            300 + (2 * 9 * 2 * 60) + 30 + 1800, Deadline(JobManifest.Least with { ShardCount = 2 }, plan), 1.0);
    }

    [Fact]
    public void The_command_is_the_script_of_the_config_map()
    {
        JobManifest manifest = JobManifest.Of();

        Assert.Equal(
            ["pwsh", "-NoProfile", "-NonInteractive", "-File", "/genieload/shard.ps1"], manifest.Container.Command);
        Assert.Contains("shard.ps1", manifest.Map.Data.Keys);
        Assert.Equal("/genieload/plan.json", manifest.Variable("GENIELOAD_PLAN"));
        Assert.Equal("4", manifest.Variable("GENIELOAD_SHARDS"));
    }

    [Fact]
    public void Labels_find_the_pods_of_one_job()
    {
        JobManifest manifest = JobManifest.Of(All);

        IDictionary<string, string> labels = manifest.Job.Spec.Template.Metadata.Labels;
        Assert.Equal(("genieload", "nightly"), (labels["app.kubernetes.io/name"], labels["app.kubernetes.io/instance"]));
        V1TopologySpreadConstraint spread = Assert.Single(manifest.Pod.TopologySpreadConstraints);
        Assert.Equal("ScheduleAnyway", spread.WhenUnsatisfiable);
        Assert.All(spread.LabelSelector.MatchLabels, label => Assert.Equal(label.Value, labels[label.Key]));
    }

    [Fact]
    public void A_plan_of_several_connections_or_with_an_empty_shard_is_refused()
    {
        Plan plan = JobManifest.Plan(3);
        Plan several = plan with
        {
            Connections = new([new RunConnection { Name = "a", WorkspaceUrl = "https://a.example.com", SpaceId = "1" }]),
        };

        ErrorAssert.Refused("PlanHasConnections", () => JobManifest.Of(JobManifest.Least with { ShardCount = 1 }, several));
        ErrorAssert.Refused("EmptyShard", () => JobManifest.Of(plan: plan));
    }

    [Fact]
    public void The_job_ends_after_the_last_of_its_pods_whose_logs_it_would_remove()
    {
        JobManifest manifest = JobManifest.Of();

        // A pod may start 15 minutes after the start of the test.
        Assert.InRange(
            manifest.Job.Spec.ActiveDeadlineSeconds!.Value,
            300 + 900 + manifest.Pod.ActiveDeadlineSeconds!.Value + manifest.Pod.TerminationGracePeriodSeconds!.Value, int.MaxValue);
    }

    private static long Deadline(KubernetesJobOptions options, Plan plan) =>
        JobManifest.Of(options, plan).Pod.ActiveDeadlineSeconds!.Value;

    private static string Texts(IDictionary<string, ResourceQuantity> quantities) =>
        string.Join(' ', quantities.Select(quantity => $"{quantity.Key}={quantity.Value}").Order());
}
