using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Text;
using GenieLoad.Engine.Kubernetes;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;
using YamlDotNet.Core;

namespace GenieLoad.Engine.Tests.Kubernetes;

/// <summary>The manifest as text: the plan arrives as it was, and whatever is written wrongly would be noticed here.</summary>
public sealed class ManifestTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-manifest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("completionMode:", "completionModus:")]
    [InlineData("onPodConditions:", "onPodConditons:")]
    [InlineData("allowPrivilegeEscalation:", "allowPrivilegesEscalation:")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: \"true\"")]
    [InlineData("completions: 4", "completions: \"4\"")]
    [InlineData("immutable:", "imutable:")]
    public void A_field_that_the_API_does_not_know_or_of_another_type_is_noticed(string right, string wrong)
    {
        string text = KubernetesJob.Manifest(JobManifest.Plan(), JobManifest.Least, JobManifest.Now).Text;
        Assert.Single(Regex.Matches(text, Regex.Escape(right)));

        Exception? noticed = Record.Exception(() => JobManifest.Read(text.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.True(noticed is YamlException or Xunit.Sdk.TrueException, $"{noticed}");
    }

    [Theory]
    [InlineData("What was \"it\"? \\ ' # : - {a} [b] & * ! | > % @ `")]
    [InlineData("true")]
    [InlineData("2026-11-29")]
    [InlineData("Größe in m², 売上, 😀 and \u2028 \u0085 \u200b \ufeff \u001b[2J \ud83d")]
    [InlineData("two\nlines\r\n\tand a tab  ")]
    public void Questions_arrive_as_they_were(string question)
    {
        Plan plan = Asking(question, " " + question);

        Plan read = PlanOf(JobManifest.Of(JobManifest.Least with { ShardCount = 2 }, plan));

        Assert.Equal(plan.Hash, read.Hash);
        Assert.Equal(plan.Questions.Select(asked => asked.Text.Replace('\ud83d', '\ufffd')), read.Questions.Select(
            asked => asked.Text.Replace('\ud83d', '\ufffd')));
    }

    [Fact]
    public void Plan_and_script_are_blocks_that_people_can_read()
    {
        string text = KubernetesJob.Manifest(Asking("Größe?"), JobManifest.Least with { ShardCount = 1 }, JobManifest.Now).Text;

        Assert.Contains("\n  plan.json: |\n    {\n", text, StringComparison.Ordinal);
        Assert.Contains("\"text\": \"Größe?\"", text, StringComparison.Ordinal);
        Assert.Contains("\n  shard.ps1: |\n    <#\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("y")]
    [InlineData("Null")]
    [InlineData("1e3")]
    public void A_key_that_some_parsers_take_for_something_else_is_quoted(string key)
    {
        var labels = new Dictionary<string, string> { [key] = "off" };
        string text = KubernetesJob.Manifest(
            JobManifest.Plan(), JobManifest.Least with { NodeSelector = labels }, JobManifest.Now).Text;

        Assert.Contains($"\n        \"{key}\": \"off\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_plan_is_compressed()
    {
        Plan plan = JobManifest.Plan(2000);

        KubernetesManifest written = KubernetesJob.Manifest(plan, JobManifest.Least, JobManifest.Now);
        JobManifest manifest = JobManifest.Read(written.Text);

        Assert.False(written.IsTooLargeToApply);
        Assert.InRange(written.Text.Length, 1, 262_144);
        Assert.Equal("/genieload/plan.json.gz", manifest.Variable("GENIELOAD_PLAN"));
        Assert.Equal(["shard.ps1"], manifest.Map.Data.Keys);
        using GZipStream unpacked = new(new MemoryStream(manifest.Map.BinaryData["plan.json.gz"]), CompressionMode.Decompress);
        Assert.Contains("\"questions\"", new StreamReader(unpacked).ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(plan.Hash, PlanOf(manifest).Hash);
    }

    [Fact]
    public void What_kubectl_apply_does_not_take_is_said_and_what_the_API_does_not_take_is_refused()
    {
        KubernetesManifest written = KubernetesJob.Manifest(Asking(Noise(300)), JobManifest.Least, JobManifest.Now);

        Assert.True(written.IsTooLargeToApply);
        Assert.InRange(JobManifest.Read(written.Text).Map.BinaryData["plan.json.gz"].Length, 200_000, 1024 * 1024);
        ErrorAssert.Refused(
            "PlanTooLarge", () => KubernetesJob.Manifest(Asking(Noise(2500)), JobManifest.Least, JobManifest.Now), "2,500 questions",
            "1,048,576");
    }

    [Fact]
    public void A_shard_of_a_plan_is_no_plan() => ErrorAssert.Refused(
        "PlanNotWhole", () => JobManifest.Of(plan: PlanShards.Of(JobManifest.Plan(), new Shard(1, 2))));

    // Texts that do not get much shorter: 1,000 digits of 6 bits each.
    private static string[] Noise(int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            byte[] bytes = new byte[750];
            random.NextBytes(bytes);
            return Convert.ToBase64String(bytes);
        })];
    }

    private static Plan Asking(params string[] questions) => PlanBuilder.Build(
        new Scenario { Name = "a", QuestionCount = questions.Length, WorkerCount = 4, DurationSeconds = 60 },
        [.. questions.Select((text, place) => new Question { Id = $"q{place + 1}", Text = text })],
        new PlanOptions { Seed = 1 });

    private Plan PlanOf(JobManifest manifest)
    {
        string name = Path.GetFileName(manifest.Variable("GENIELOAD_PLAN")!);
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal)
            ? manifest.Map.BinaryData[name]
            : Encoding.UTF8.GetBytes(manifest.Map.Data[name]));
        return PlanFile.Read(path);
    }
}
