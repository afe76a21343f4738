using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The Pester suite, a file at a time: the module in the real PowerShell.</summary>
internal static class PesterSuite
{
    private static readonly string Suite = Path.Combine(BuiltModule.RepositoryRoot, "tests", "Pester");

    // Where .ci/run collects and counts the results.
    private static readonly string Results =
        Environment.GetEnvironmentVariable("GENIELOAD_TEST_RESULTS") ?? Path.Combine(BuiltModule.RepositoryRoot, "TestResults");

    /// <summary>Every second file.</summary>
    /// <param name="first">Which is the first, 0 or 1.</param>
    public static TheoryData<string> Half(int first) =>
        [.. Directory.GetFiles(Suite, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order().Where((_, i) => i % 2 == first)];

    /// <summary>Runs a file, in which every test has to pass.</summary>
    /// <param name="file">Its name.</param>
    public static void Pass(string file)
    {
        string result = Path.Combine(Results, $"Pester.{file[..^".Tests.ps1".Length]}.xml");
        string home = Directory.CreateTempSubdirectory("genieload-pester-").FullName;
        try
        {
            ShellOutcome outcome = ShellProcess.RunFile(
                home, Path.Combine(Suite, "Run.ps1"), "-PesterPath", BuiltModule.Pester, "-Path", Path.Combine(Suite, file),
                "-ResultPath", result);

            Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
            Assert.Matches(@"Pester: [1-9]\d* passed, 0 failed, 0 skipped\n$", outcome.Output);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
