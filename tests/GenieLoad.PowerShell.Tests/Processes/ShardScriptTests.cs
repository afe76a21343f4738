using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The script in the manifest of <c>New-GenieKubernetesJob</c>, with the environment of the manifest, as pods run it.</summary>
/// <param name="job">The job.</param>
public sealed class ShardScriptTests(ShardJob job) : IClassFixture<ShardJob>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-shard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_pod_asks_its_shard_and_prints_its_run_at_the_end_of_its_log()
    {
        (string, string) startAt = ("GENIELOAD_START_AT", DateTime.UtcNow.AddSeconds(3).ToString("o", CultureInfo.InvariantCulture));
        using ShellProcess first = job.StartPod("short", 0, _folder, startAt);
        using ShellProcess second = job.StartPod("short", 1, _folder, startAt);
        ShellOutcome[] outcomes = [first.Finish(), second.Finish()];

        Assert.All(outcomes, outcome => Assert.Equal((PassedUnlessBusy(outcome), ""), (outcome.ExitCode, outcome.Error)));
        Dictionary<string, string>[] runs = [.. outcomes.Select(outcome => Unpacked(outcome.Output))];
        Assert.Equal(["1/2", "2/2"], runs.Select(run => Member(run["run.json"], "header", "shard")));
        Assert.All(runs, run => Assert.Equal("westeurope", Member(run["run.json"], "header", "place")));
        Assert.Equal(Enumerable.Range(1, ShardJob.Questions), runs.SelectMany(Asked).Order());
    }

    [Fact]
    public void On_SIGTERM_it_ends_in_order_and_prints_what_it_has()
    {
        if (OperatingSystem.IsWindows())
            return;
        using ShellProcess pod = job.StartPod("long", 1, _folder, StartNow());
        Sync.Await(() => Directory.Exists(Runs) && Directory.GetFiles(Runs, "results.jsonl", SearchOption.AllDirectories)
            .Any(file => new FileInfo(file).Length > 0), "the first row");

        pod.Signal("TERM");
        ShellOutcome outcome = pod.Finish();

        Assert.Equal(130, outcome.ExitCode);
        Dictionary<string, string> run = Unpacked(outcome.Output);
        Assert.Equal(("Stopped", "User"), (Member(run["run.json"], "state"), Member(run["run.json"], "stopCause")));
        Assert.InRange(Asked(run).Count(), 1, (ShardJob.Questions / 2) - 1);
    }

    [Fact]
    public void On_a_volume_each_shard_has_a_folder_of_its_own_and_the_log_no_run()
    {
        using ShellProcess pod = job.StartPod("volume", 1, _folder, StartNow());
        ShellOutcome outcome = pod.Finish();

        string run = Assert.Single(Directory.GetDirectories(Path.Combine(Runs, "nightly", "shard-2", "runs")));
        Assert.EndsWith($"\nshard.ps1: Results: {run}\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("GENIELOAD RUN", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void To_MLflow_each_shard_is_a_run()
    {
        string tracking = Path.Combine(_folder, "tracking");
        using ShellProcess pod = job.StartPod("mlflow", 0, _folder, StartNow(), ("MLFLOW_TRACKING_URI", tracking));
        ShellOutcome outcome = pod.Finish();

        Assert.Equal("", outcome.Error);
        Assert.Equal(PassedUnlessBusy(outcome), outcome.ExitCode);
        Assert.NotEmpty(Directory.GetFiles(tracking, "num_questions", SearchOption.AllDirectories));
        Assert.DoesNotContain("GENIELOAD RUN", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_results_cannot_be_written_out_the_shard_has_failed()
    {
        using ShellProcess pod = job.StartPod(
            "mlflow", 0, _folder, StartNow(), ("MLFLOW_TRACKING_URI", "http://127.0.0.1:1"), ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0"));
        ShellOutcome outcome = pod.Finish();

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("shard.ps1: The results were not written out: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GENIELOAD_START_AT", "2020-01-01T00:00:00Z", 2, "New-GenieKubernetesJob")]
    [InlineData("DATABRICKS_TOKEN", "", 2, "credential")]
    [InlineData("PSModulePath", "/none", 1, "GenieLoad")]
    public void What_keeps_it_from_beginning_has_a_code_and_is_told(string name, string value, int exitCode, string told)
    {
        using ShellProcess pod = job.StartPod("short", 1, _folder, StartNow(), (name, value));
        ShellOutcome outcome = pod.Finish();

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.StartsWith("shard.ps1: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }

    private string Runs => Path.Combine(_folder, "runs");

    private static (string, string) StartNow() => ("GENIELOAD_START_AT", DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture));

    private static Dictionary<string, string> Unpacked(string log)
    {
        Match block = Regex.Match(
            log, "^-----BEGIN GENIELOAD RUN (?<id>.+)-----\n(?<text>([A-Za-z0-9+/=]{1,1024}\n)+)-----END GENIELOAD RUN-----\n",
            RegexOptions.Multiline);
        Assert.True(block.Success, log);
        string text = block.Groups["text"].Value;
        Assert.All(text.TrimEnd('\n').Split('\n')[..^1], line => Assert.Equal(1024, line.Length));
        using ZipArchive archive = new(new MemoryStream(Convert.FromBase64String(text.Replace("\n", "", StringComparison.Ordinal))));
        return archive.Entries.ToDictionary(
            entry => entry.FullName[(block.Groups["id"].Value + "/").Length..], entry => new StreamReader(entry.Open()).ReadToEnd());
    }

    private static IEnumerable<int> Asked(Dictionary<string, string> run) =>
        run["results.jsonl"].TrimEnd('\n').Split('\n').Select(row => JsonDocument.Parse(row).RootElement.GetProperty("index").GetInt32());

    private static string? Member(string json, params string[] path) =>
        path.Aggregate(JsonDocument.Parse(json).RootElement, (element, name) => element.GetProperty(name)).GetString();

    /// <summary>A busy machine may make a run invalid, whose code is another.</summary>
    private static int PassedUnlessBusy(ShellOutcome outcome) =>
        outcome.Output.Contains("Invalid", StringComparison.Ordinal) ? 5 : 0;
}
