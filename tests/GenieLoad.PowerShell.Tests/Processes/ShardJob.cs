using System.Globalization;
using System.Text.RegularExpressions;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>A simulated space in a process of its own, and manifests of jobs of two shards that ask it.</summary>
public sealed class ShardJob : IDisposable
{
    /// <summary>Questions of the plans.</summary>
    public const int Questions = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-job-").FullName;
    private readonly ShellProcess _service;
    private readonly string[] _secret;

    public ShardJob()
    {
        _service = ShellProcess.Start(
            $$"""
            Set-Location '{{_folder}}'
            $simulator = Start-GenieSimulator -TimeScale 50
            "$($simulator.Uri)", "$($simulator.Token)", "$($simulator.SpaceId)" | Set-Content secret
            $job = @{ ShardCount = 2; Image = 'genieload:1'; SecretName = 'genie' }
            $plan = New-GenieScenario short {{Questions}} 2s | Get-GenieScenario -Plan -Seed 1
            New-GenieKubernetesJob $plan @job -Place westeurope -Path short.yaml
            New-GenieKubernetesJob $plan @job -Name nightly -Result Volume -VolumeClaim shared -Path volume.yaml
            New-GenieKubernetesJob $plan @job -Result Mlflow -Path mlflow.yaml
            New-GenieScenario long {{Questions}} 10m | Get-GenieScenario -Plan -Seed 1 |
                New-GenieKubernetesJob @job -StopGrace 1s -Path long.yaml
            [Console]::Out.WriteLine('ready')
            [Threading.Thread]::Sleep([Threading.Timeout]::Infinite)
            """);
        _service.AwaitLine("ready");
        _secret = File.ReadAllLines(Path.Combine(_folder, "secret"));
    }

    public void Dispose()
    {
        _service.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts the script of a manifest as a pod does, with the file system of a pod in a folder.</summary>
    /// <param name="name">Name of the manifest.</param>
    /// <param name="index">Index of the pod, from 0.</param>
    /// <param name="root">The folder.</param>
    /// <param name="others">Variables that are set last.</param>
    internal ShellProcess StartPod(string name, int index, string root, params (string Name, string Value)[] others)
    {
        string manifest = File.ReadAllText(Path.Combine(_folder, name + ".yaml"));
        string mount = Directory.CreateDirectory(Path.Combine(root, "genieload")).FullName;
        foreach (string file in new[] { "shard.ps1", "plan.json" }.Where(file => !File.Exists(Path.Combine(mount, file))))
            File.WriteAllText(Path.Combine(mount, file), Block(manifest, file));
        Directory.CreateDirectory(Path.Combine(root, "tmp"));
        return ShellProcess.StartScript(
            Path.Combine(mount, "shard.ps1"),
            [
                ("GENIELOAD_PLACE", "node-1"), .. Variables(manifest, root), ("DATABRICKS_HOST", _secret[0]),
                ("DATABRICKS_TOKEN", _secret[1]), ("GENIE_SPACE_ID", _secret[2]),
                ("JOB_COMPLETION_INDEX", index.ToString(CultureInfo.InvariantCulture)), .. others,
            ]);
    }

    /// <summary>Variables with a value, their paths in the folder.</summary>
    private static IEnumerable<(string, string)> Variables(string manifest, string root) =>
        Regex.Matches(manifest, "- name: \"(?<name>[A-Z_]+)\"\n +value: \"(?<value>[^\"\\\\]*)\"").Select(match => (
            match.Groups["name"].Value, Regex.Replace(match.Groups["value"].Value, "^/(genieload|runs|tmp)", $"{root}$0")));

    private static string Block(string manifest, string name) => Regex.Replace(
        Regex.Match(manifest, $"^  {Regex.Escape(name)}: \\|\n(?<text>(    .*\n|\n)+)", RegexOptions.Multiline).Groups["text"].Value,
        "^    ", "", RegexOptions.Multiline);
}
