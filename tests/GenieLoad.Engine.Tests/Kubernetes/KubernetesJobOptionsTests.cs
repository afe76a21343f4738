using GenieLoad.Engine.Kubernetes;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Kubernetes;

/// <summary>What a cluster would refuse, or a pod stumble over, is refused before anything is written.</summary>
public sealed class KubernetesJobOptionsTests
{
    private static readonly string Long = new('a', 64);

    public static TheoryData<string, string> Names => new()
    {
        { "Name", "" }, { "Name", "Nightly" }, { "Name", "-a" }, { "Name", "a-" }, { "Name", "a.b" }, { "Name", "a\n" }, { "Name", Long },
        // That of its last pod, with '-3', would be one character too long.
        { "Name", Long[..62] },
        { "Namespace", "a.b" }, { "Namespace", "A" }, { "Namespace", Long },
        { "SecretName", "a b" }, { "SecretName", "a..b" }, { "SecretName", new string('a', 254) }, { "SecretName", "$(cat)" },
        { "VolumeClaim", "a_b" }, { "ImagePullSecret", "\"a\"" },
    };

    public static TheoryData<string, string> Values => new()
    {
        { "Image", "" }, { "Image", "a b" }, { "Image", "a\nb" }, { "Image", "a\"b" }, { "Image", ":1" },
        { "Cpu", "0" }, { "Cpu", "" }, { "Cpu", "-1" }, { "Cpu", "500 m" }, { "Cpu", "0.0" },
        { "Memory", "512MB" }, { "Memory", "lots" }, { "Memory", "0Mi" }, { "Memory", "1Gi\n" },
        { "Place", "" }, { "Place", "a\nb" }, { "Place", "a\u001b[2J" }, { "Place", new string('a', 101) },
        { "SpaceId", "../x" }, { "MlflowTrackingUri", "./mlruns" }, { "NodeSelector", "a b" }, { "NodeSelector", "a/b/c" },
        { "NodeSelector", "/a" }, { "NodeSelector", "" }, { "NodeSelector", Long },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_Kubernetes_does_not_take(string field, string name) =>
        ErrorAssert.Refused("InvalidKubernetesName", () => JobManifest.Of(With(field, name)), field);

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_that_a_job_cannot_use(string field, string value) =>
        ErrorAssert.Refused("InvalidKubernetesValue", () => JobManifest.Of(With(field, value)), field);

    [Theory]
    [InlineData("Name", "a")]
    [InlineData("SecretName", "team.genie-1")]
    [InlineData("Image", "localhost:5000/team/genieload@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("Cpu", "1500m")]
    [InlineData("Memory", "536870912")]
    [InlineData("MlflowTrackingUri", "databricks")]
    [InlineData("NodeSelector", "node.kubernetes.io/instance-type")]
    public void What_Kubernetes_takes_is_taken(string field, string value) => Assert.NotNull(JobManifest.Of(With(field, value)));

    [Fact]
    public void The_longest_name_leaves_room_for_the_numbers_of_its_pods()
    {
        Assert.NotNull(JobManifest.Of(With("Name", Long[..61])));
        Assert.NotNull(JobManifest.Of(With("Name", Long[..60]) with { ShardCount = 11 }));
        ErrorAssert.Refused("InvalidKubernetesName", () => JobManifest.Of(With("Name", Long[..61]) with { ShardCount = 11 }));
    }

    [Theory]
    [InlineData("ShardCount", 0)]
    [InlineData("ShardCount", 1001)]
    [InlineData("StopGraceSeconds", -1)]
    [InlineData("StopGraceSeconds", 3601)]
    [InlineData("StopGraceSeconds", double.NaN)]
    [InlineData("MaximumDurationSeconds", 0)]
    public void A_number_out_of_range(string field, double value) => ErrorAssert.Refused(
        "InvalidOption",
        () => JobManifest.Of(field switch
        {
            "ShardCount" => JobManifest.Least with { ShardCount = (int)value },
            "StopGraceSeconds" => JobManifest.Least with { StopGraceSeconds = value },
            _ => JobManifest.Least with { MaximumDurationSeconds = value },
        }),
        field);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31 * 86_400 + 1)]
    public void A_start_that_is_over_or_far_away(double seconds) => ErrorAssert.Refused(
        "StartAtNotAhead", () => JobManifest.Of(JobManifest.Least with { StartAt = JobManifest.Now.AddSeconds(seconds) }), "StartAt");

    [Fact]
    public void Results_on_a_volume_need_its_claim_and_others_none()
    {
        ErrorAssert.Refused("VolumeClaimMissing", () => JobManifest.Of(JobManifest.Least with { Result = KubernetesResult.Volume }));
        ErrorAssert.Refused(
            "OtherResultChosen", () => JobManifest.Of(JobManifest.Least with { VolumeClaim = "runs" }), "VolumeClaim", "Log");
        ErrorAssert.Refused(
            "OtherResultChosen", () => JobManifest.Of(JobManifest.Least with { MlflowTrackingUri = "databricks" }), "MlflowTrackingUri");
    }

    [Fact]
    public void An_address_with_a_password_is_refused()
    {
        ErrorAssert.Refused(
            "InvalidWorkspaceUrl", () => JobManifest.Of(JobManifest.Least with { WorkspaceUrl = "https://a:b@c.example.com" }));
        ErrorAssert.Refused("InvalidTrackingUri", () => JobManifest.Of(With("MlflowTrackingUri", "https://a:b@c.example.com")));
    }

    private static KubernetesJobOptions With(string field, string value) => field switch
    {
        "Name" => JobManifest.Least with { Name = value },
        "Namespace" => JobManifest.Least with { Namespace = value },
        "SecretName" => JobManifest.Least with { SecretName = value },
        "ImagePullSecret" => JobManifest.Least with { ImagePullSecret = value },
        "VolumeClaim" => JobManifest.Least with { Result = KubernetesResult.Volume, VolumeClaim = value },
        "Image" => JobManifest.Least with { Image = value },
        "Cpu" => JobManifest.Least with { Cpu = value },
        "Memory" => JobManifest.Least with { Memory = value },
        "Place" => JobManifest.Least with { Place = value },
        "SpaceId" => JobManifest.Least with { SpaceId = value },
        "MlflowTrackingUri" => JobManifest.Least with { Result = KubernetesResult.Mlflow, MlflowTrackingUri = value },
        _ => JobManifest.Least with { NodeSelector = new Dictionary<string, string> { [value] = "a" } },
    };
}
