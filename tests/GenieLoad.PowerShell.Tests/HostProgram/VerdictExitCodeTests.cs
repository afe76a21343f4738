using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.HostProgram;

/// <summary>What a scheduler sees of a verdict.</summary>
public class VerdictExitCodeTests
{
    private static readonly string Run = Path.Combine(
        BuiltModule.RepositoryRoot, "tests", "fixtures", "runs", GenieLoad.PowerShell.Tests.Commands.RunStoreFolder.SampleRunId);

    [Theory]
    [InlineData("'FailedCount <= 100'", 0)]
    [InlineData("'QuestionCount > 1000'", 3)]
    [InlineData("'P99ResponseSeconds < 3600'", 4)]
    [InlineData("'P99ResponseSeconds < 3600', 'QuestionCount > 1000'", 3)]
    [InlineData("'P99ResponsSeconds < 3600'", 2)]
    public void The_code_tells_what_the_run_says_of_its_thresholds(string thresholds, int expected)
    {
        string command = $"Test-GenieRun -InputObject '{Run}' -Threshold {thresholds} -FailOnThreshold";

        Assert.Equal(expected, HostProcess.Run("-Command", command).ExitCode);
        Assert.Equal(expected, HostProcess.RunScript($"$ErrorActionPreference = 'Stop'; {command}; 'over'").ExitCode);
    }

    [Theory]
    [InlineData("Get-GenieScenario nonesuch -ErrorAction Stop", 2)]
    [InlineData("Invoke-GenieLoadTest -QuestionCount 0", 2)]
    [InlineData("Invoke-GenieLoadTest -Scenario nonesuch", 2)]
    [InlineData("Invoke-GenieLoadTest", 2)]
    [InlineData("Import-Module nonesuch", 1)]
    public void What_GenieLoad_cannot_use_is_told_from_other_failures(string command, int expected) =>
        Assert.Equal(expected, HostProcess.Run("-NonInteractive", "-Command", command).ExitCode);

    [Fact]
    public void An_error_that_was_caught_does_not_count() => Assert.Equal(0, HostProcess.RunScript(
        $"try {{ Test-GenieRun -InputObject '{Run}' -Threshold 'QuestionCount > 1000' -FailOnThreshold }} catch {{ 'never mind' }}").ExitCode);

    [Fact]
    public void An_invalid_run_and_a_run_that_a_rule_stopped_have_codes_of_their_own()
    {
        var folder = Directory.CreateTempSubdirectory("genieload-verdict-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Run))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            string manifest = Path.Combine(folder.FullName, "run.json");
            string text = File.ReadAllText(manifest);
            int Code() => HostProcess.Run("-Command", $"Test-GenieRun -InputObject '{folder.FullName}' -Threshold 'FailedCount <= 100' -FailOnThreshold").ExitCode;

            File.WriteAllText(manifest, text.Replace("\"stateReason\"", "\"stopCause\": \"Threshold\", \"stateReason\"", StringComparison.Ordinal));
            Assert.Equal(6, Code());

            string results = Path.Combine(folder.FullName, "results.jsonl");
            File.WriteAllText(results, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(results), "\"lagSeconds\":[0-9.Ee+-]+", "\"lagSeconds\":9"));
            Assert.Equal(5, Code());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_sample_runbook_runs_two_nights_and_compares_them()
    {
        var output = Directory.CreateTempSubdirectory("genieload-runbook-");
        try
        {
            string script = Path.Combine(BuiltModule.RepositoryRoot, "samples", "runbook.ps1");
            var first = HostProcess.Run(script, "-OutputPath", output.FullName);
            var second = HostProcess.Run(script, "-OutputPath", output.FullName);
            var third = HostProcess.Run(script, "-OutputPath", output.FullName, "-Threshold", "QuestionCount > 1000");

            // A machine that is busy with other tests may make the run invalid, and is then told so.
            void Ended(HostOutcome outcome, int expected) => Assert.Equal(outcome.Output.Contains("Health: Invalid") ? 5 : expected, outcome.ExitCode);
            Ended(first, 0);
            Assert.Contains("Pass      P50ResponseSeconds < 30", first.Output);
            Assert.DoesNotContain("against ", first.Output);
            Ended(second, 0);
            Assert.Matches(@"  against \d{8}-\d{6}-high_load-", second.Output);
            Ended(third, 3);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }
}
