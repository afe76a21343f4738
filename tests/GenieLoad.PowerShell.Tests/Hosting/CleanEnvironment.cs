using System.Collections;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>
/// Keeps the person's own data and credentials out of the tests: runs go to a folder that is deleted at the end, and no variable
/// of a real workspace is seen.
/// </summary>
public sealed class CleanEnvironment : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("genieload-home").FullName;

    public CleanEnvironment()
    {
        IEnumerable<string> names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
        string[] prefixes = ["DATABRICKS_", "ARM_", "IDENTITY_", "OTEL_"];
        foreach (string name in names.Where(
            name => Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))))
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("GENIELOAD_HOME", _home);
        Environment.SetEnvironmentVariable("DATABRICKS_CONFIG_FILE", Path.Combine(_home, "no-profiles"));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
