using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.HostProgram;

/// <summary>The first thing that a newcomer runs.</summary>
public class QuickstartTests
{
    [Fact]
    public void The_quickstart_runs_a_load_test_and_tells_where_its_files_are()
    {
        var output = Directory.CreateTempSubdirectory("genieload-quickstart-");
        try
        {
            var outcome = HostProcess.Run(Path.Combine(BuiltModule.RepositoryRoot, "samples", "quickstart.ps1"), "-OutputPath", output.FullName);

            Assert.Equal(("", 0), (outcome.Error, outcome.ExitCode));
            Assert.Contains("Load Test Summary: high_load_35q_10s\n", outcome.Output);
            Assert.Contains("Total Questions: 35\n", outcome.Output);
            Assert.Matches(@"The five slowest questions:\n\nIndex .*Question\n-+ .*\n( *\d+ .*\n){5}\n", outcome.Output);
            var csv = Path.Combine(output.FullName, "results.csv");
            Assert.Contains(csv, outcome.Output);
            Assert.StartsWith("Index,", File.ReadAllText(csv));
            Assert.True(File.Exists(Path.Combine(output.FullName, "run.json")));
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }
}
