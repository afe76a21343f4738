using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>
/// Every fourth file of the Pester suite, run in one <c>pwsh</c>, as a user's window runs one thing after the other. In a process for each
/// file, most of the time would go into starting it and compiling the module anew.
/// </summary>
public abstract class PesterShare
{
    private const int Shares = 4;

    private static readonly string Suite = Path.Combine(BuiltModule.RepositoryRoot, "tests", "Pester");

    // Where .ci/run collects and counts the results.
    private static readonly string Results =
        Environment.GetEnvironmentVariable("GENIELOAD_TEST_RESULTS") ?? Path.Combine(BuiltModule.RepositoryRoot, "TestResults");

    private readonly ShellOutcome _outcome;

    /// <summary>Runs the files of a share to their end.</summary>
    /// <param name="share">Which share, from 0.</param>
    protected PesterShare(int share)
    {
        string home = Directory.CreateTempSubdirectory("genieload-pester-").FullName;
        _outcome = ShellProcess.RunFile(
            home,
            Path.Combine(Suite, "Run.ps1"),
            ["-PesterPath", BuiltModule.Pester, "-ResultPath", Results,
                .. FilesOf(share).Select(file => Path.Combine(Suite, file))]);
        Directory.Delete(home, recursive: true);
    }

    /// <summary>The files of a share.</summary>
    /// <param name="share">Which share, from 0.</param>
    public static TheoryData<string> Files(int share) => [.. FilesOf(share)];

    /// <summary>Every test of a file has passed.</summary>
    /// <param name="file">Its name.</param>
    public void AssertPassed(string file) => Assert.True(
        Regex.IsMatch(_outcome.Output, $@"^{Regex.Escape(file)}: [1-9]\d* passed, 0 failed, 0 skipped$", RegexOptions.Multiline),
        _outcome.Output + _outcome.Error);

    private static IEnumerable<string> FilesOf(int share) => Directory.GetFiles(Suite, "*.Tests.ps1")
        .Select(file => Path.GetFileName(file)).OrderDescending().Where((_, i) => i % Shares == share);
}
