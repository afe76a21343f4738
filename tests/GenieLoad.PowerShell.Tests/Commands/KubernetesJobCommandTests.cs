using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class KubernetesJobCommandTests : IDisposable
{
    private const string Job = "New-GenieKubernetesJob plan.json 4 -Image genieload:1 -SecretName genie";

    private readonly FolderSession _session = new();

    public KubernetesJobCommandTests() =>
        _session.Run("Get-GenieScenario light_load -Plan -Seed 1 | Export-GeniePlan plan.json").Clean();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Without_a_path_the_manifest_is_one_text()
    {
        string text = _session.Run(Job).Only;

        Assert.Equal(2, Regex.Count(text, "^---\n", RegexOptions.Multiline));
        Assert.Contains("\nkind: \"ConfigMap\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\nkind: \"Job\"\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("What if", _session.Run(Job + " -WhatIf").Clean().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-GenieScenario light_load -Plan -Seed 1 | New-GenieKubernetesJob -Shards 4 -Image genieload:1 -SecretName genie")]
    [InlineData("New-GenieKubernetesJob (Get-GenieScenario light_load -Plan -Seed 1) 4 -Image genieload:1 -SecretName genie")]
    public void The_plan_is_a_file_or_comes_from_the_pipeline(string script)
    {
        string hash = _session.Run("(Get-GenieScenario light_load -Plan -Seed 1).Hash").Only;

        Assert.Contains($"genieload/plan-hash: \"{hash}\"", (string)_session.Run(Job).Only, StringComparison.Ordinal);
        Assert.Contains($"genieload/plan-hash: \"{hash}\"", (string)_session.Run(script).Only, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_arrives()
    {
        string text = _session.Run(
            $$"""
            {{Job}} -Name nightly -Namespace load -Place westeurope -Cpu 2 -Memory 1Gi -StopGrace 45s -MaximumDuration 2h -Result volume `
                -VolumeClaim runs -WorkspaceUrl adb-1.2.azuredatabricks.net -SpaceId 01ef -ImagePullSecret registry `
                -NodeSelector @{ 'topology.kubernetes.io/region' = 'westeurope'; size = 3 }
            """).Only;

        string[] expected =
        [
            "name: \"nightly\"", "namespace: \"load\"", "value: \"westeurope\"", "cpu: \"2\"", "memory: \"1Gi\"", "value: \"45\"",
            "terminationGracePeriodSeconds: 105", "value: \"7200\"", "value: \"Volume\"", "claimName: \"runs\"",
            "value: \"https://adb-1.2.azuredatabricks.net\"", "value: \"01ef\"", "- name: \"registry\"",
            "topology.kubernetes.io/region: \"westeurope\"", "size: \"3\"", "completions: 4",
        ];
        Assert.All(expected, line => Assert.Matches($"(?m)^ *(- )?{Regex.Escape(line)}$", text));
        Assert.Contains(
            "value: \"databricks\"", (string)_session.Run(Job + " -Result Mlflow -MlflowTrackingUri databricks").Only,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_start_is_ahead_by_five_minutes_by_a_delay_or_at_an_instant()
    {
        Assert.InRange(StartOf(Job), DateTime.UtcNow.AddMinutes(4), DateTime.UtcNow.AddMinutes(6));
        Assert.InRange(StartOf(Job + " -StartDelay 1h"), DateTime.UtcNow.AddMinutes(59), DateTime.UtcNow.AddMinutes(61));
        DateTime at = DateTime.UtcNow.Date.AddDays(2).AddHours(8);
        Assert.Equal(at, StartOf(Job + $" -StartAt {at:yyyy-MM-dd}T08:00:00Z"));
        Assert.Equal(at, StartOf(Job + $" -StartAt ([DateTime]::new({at.Ticks}, 'Utc').ToLocalTime())"));
        Assert.Equal(at, StartOf(Job + $" -StartAt ([DateTime]::new([DateTime]::new({at.Ticks}, 'Utc').ToLocalTime().Ticks))"));
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        Assert.Empty(_session.Run(Job + " -Path job.yaml -WhatIf").Clean().Output);
        Assert.False(File.Exists(_session.File("job.yaml")));

        Assert.Empty(_session.Run(Job + " -Path job.yaml").Clean().Output);
        string first = File.ReadAllText(_session.File("job.yaml"));
        ScriptOutcome again = _session.Run(Job + " -Path job.yaml -Name other");

        Assert.StartsWith("FileExists,", again.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllText(_session.File("job.yaml")));
        Assert.Equal("job.yaml", (string)_session.Run(Job + " -Path job.yaml -Name other -Force -PassThru").Only.Name);
        Assert.Contains("name: \"other\"", File.ReadAllText(_session.File("job.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Name Nightly", "InvalidKubernetesName")]
    [InlineData("-Cpu much", "InvalidKubernetesValue")]
    [InlineData("-StartAt 2020-01-01T00:00:00Z", "StartAtNotAhead")]
    [InlineData("-Result Volume", "VolumeClaimMissing")]
    [InlineData("-VolumeClaim runs", "OtherResultChosen")]
    [InlineData("-StartAt 2030-01-01 -StartDelay 5m", "AmbiguousParameterSet")]
    public void What_a_cluster_would_refuse_is_refused_and_nothing_written(string parameters, string id)
    {
        ScriptOutcome outcome = _session.Run($"{Job} {parameters} -Path job.yaml");

        Assert.StartsWith(id + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(_session.File("job.yaml")));
    }

    [Fact]
    public void More_shards_than_the_plan_has_parts_are_refused() => Assert.StartsWith(
        "EmptyShard,", _session.Run(Job.Replace(" 4 ", " 11 ", StringComparison.Ordinal)).Error.FullyQualifiedErrorId,
        StringComparison.Ordinal);

    [Fact]
    public void What_kubectl_apply_does_not_take_is_a_warning()
    {
        _session.Session.Set("noise", Enumerable.Range(0, 300).Select(i => Convert.ToBase64String(Noise(i))).ToArray());
        ScriptOutcome outcome = _session.Run(
            """
            New-GenieScenario long 300 1m | Get-GenieScenario -Plan -Seed 1 -Question $noise |
                New-GenieKubernetesJob -ShardCount 4 -Image genieload:1 -SecretName genie
            """).Clean();

        Assert.Contains("kubectl create", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Empty(_session.Run(Job).Warnings);
    }

    private DateTime StartOf(string script) => DateTime.Parse(
        Regex.Match((string)_session.Run(script).Only, "name: \"GENIELOAD_START_AT\"\n +value: \"(.*)\"").Groups[1].Value,
        CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static byte[] Noise(int seed)
    {
        byte[] bytes = new byte[750];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
