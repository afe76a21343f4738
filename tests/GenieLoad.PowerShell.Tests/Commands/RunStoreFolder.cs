using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>A data folder of its own, named by GENIELOAD_HOME, with copies of the sample run in it.</summary>
public sealed class RunStoreFolder : IDisposable
{
    public const string SampleRunId = "20261123-192455-high_load-3f9a";

    private const string HomeVariable = "GENIELOAD_HOME";

    private readonly string? _homeBefore = Environment.GetEnvironmentVariable(HomeVariable);

    public RunStoreFolder() => Environment.SetEnvironmentVariable(HomeVariable, Home);

    public string Home { get; } = Directory.CreateTempSubdirectory("genieload").FullName;

    /// <summary>Puts a copy of the sample run into the store.</summary>
    /// <param name="runId">Its id; its scenario and its start follow from it.</param>
    /// <returns>The run's folder.</returns>
    public string Add(string runId = SampleRunId)
    {
        string source = Path.Combine(BuiltModule.RepositoryRoot, "tests", "fixtures", "runs", SampleRunId);
        string target = Directory.CreateDirectory(Path.Combine(Home, "runs", runId)).FullName;
        foreach (string file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));

        string manifest = Path.Combine(target, "run.json");
        string[] parts = runId.Split('-');
        string startedAt = $"{parts[0][..4]}-{parts[0][4..6]}-{parts[0][6..]}T{parts[1][..2]}:{parts[1][2..4]}:{parts[1][4..]}Z";
        File.WriteAllText(manifest, File.ReadAllText(manifest)
            .Replace(SampleRunId, runId, StringComparison.Ordinal)
            .Replace("\"scenarioName\": \"high_load\"", $"\"scenarioName\": \"{parts[2]}\"", StringComparison.Ordinal)
            .Replace("2026-11-23T19:24:55.25Z", startedAt, StringComparison.Ordinal));
        return target;
    }

    public string InHome(string name) => Path.Combine(Home, name);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(HomeVariable, _homeBefore);
        Directory.Delete(Home, recursive: true);
    }
}
