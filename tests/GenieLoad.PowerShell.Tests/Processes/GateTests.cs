using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;
using GenieLoad.PowerShell.Tests.Commands;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary><c>samples/gate.ps1</c> as a build runs it: what its exit code says.</summary>
public sealed class GateTests : IDisposable
{
    private static readonly string Gate = Path.Combine(BuiltModule.RepositoryRoot, "samples", "gate.ps1");
    private static readonly string SampleRun = Path.Combine(
        BuiltModule.RepositoryRoot, "tests", "fixtures", "runs", RunStoreFolder.SampleRunId);

    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-gate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("-Threshold 'FailedCount <= 100'", 0, "Pass ")]
    [InlineData("-Threshold 'QuestionCount > 1000'", 3, "Fail ")]
    [InlineData("-Threshold 'P99ResponseSeconds < 3600'", 4, "Undecided ")]
    [InlineData("-Threshold 'P99ResponseSeconds < 3600', 'QuestionCount > 1000'", 3, "Undecided ")]
    [InlineData("-Threshold 'P99ResponsSeconds < 3600'", 2, "")]
    [InlineData("-Threshold 'FailedCount <= 100; QuestionCount > 1000'", 3, "Fail ")]
    [InlineData("", 0, "")]
    public void A_stored_run_is_judged_by_its_thresholds(string thresholds, int exitCode, string verdict)
    {
        ShellOutcome outcome = Run($"-Run '{SampleRun}' {thresholds}");

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(verdict, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, outcome.Error.Length == 0);
    }

    [Theory]
    [InlineData("-Threshold 'FailedCount <= 100'")]
    [InlineData("")]
    public void A_run_that_a_rule_ended_and_an_invalid_run_have_codes_of_their_own(string thresholds)
    {
        string run = Directory.CreateDirectory(Path.Combine(_folder, RunStoreFolder.SampleRunId)).FullName;
        foreach (string file in Directory.EnumerateFiles(SampleRun))
            File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
        Rewrite(Path.Combine(run, "run.json"), "\"stateReason\"", "\"stopCause\": \"Threshold\", \"stateReason\"");

        Assert.Equal(6, Run($"-Run '{run}' {thresholds}").ExitCode);

        Rewrite(Path.Combine(run, "results.jsonl"), "\"lagSeconds\":[0-9.Ee+-]+", "\"lagSeconds\":9");
        Assert.Equal(5, Run($"-Run '{run}' {thresholds}").ExitCode);
    }

    [Theory]
    [InlineData("-Simulator -Scenario nonesuch", "nonesuch")]
    [InlineData("-Simulator -QuestionPath ./none.csv", "none.csv")]
    [InlineData("-WorkspaceUrl https://adb-1.2.azuredatabricks.net -SpaceId 01ef", "credential")]
    [InlineData("-Run ./nowhere", "nowhere")]
    public void Unusable_input_is_told_from_other_failures(string parameters, string named)
    {
        ShellOutcome outcome = Run(parameters);

        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("gate.ps1: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(named, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_error_is_1()
    {
        ShellOutcome outcome = ShellProcess.Run($"& '{Gate}' -Simulator; exit $LASTEXITCODE", ("PSModulePath", _folder));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("GenieLoad", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_refuses_for_good_is_6_and_leaves_its_reports()
    {
        ShellOutcome outcome = Run(
            "-WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Duration 1s",
            "$simulator = Start-GenieSimulator -TimeScale 50 -FailedShare 1 -FailedErrorType WAREHOUSE_NOT_FOUND_EXCEPTION; "
                + "$env:DATABRICKS_TOKEN = $simulator.Token");

        Assert.Equal(6, outcome.ExitCode);
        Assert.Contains("SQL warehouse is missing", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "report", "junit.xml")));
    }

    [Fact]
    public void A_test_of_the_simulator_passes_and_writes_its_reports()
    {
        // Anything but an invalid run, which a busy machine may make of it.
        ShellOutcome outcome = Run("-Simulator -Scenario high_load -Duration 2s -Threshold 'QuestionCount >= 35'");

        Assert.Equal(outcome.Output.Contains("Invalid", StringComparison.Ordinal) ? 5 : 0, outcome.ExitCode);
        Assert.Contains("Load Test Summary: high_load_35q_2s", outcome.Output, StringComparison.Ordinal);
        string[] reports = ["report.html", "summary.md", "junit.xml", "results.csv"];
        Assert.All(reports, name => Assert.True(File.Exists(Path.Combine(_folder, "report", name)), name));
        Assert.Contains($"Reports: {Path.Combine(_folder, "report")}", outcome.Output, StringComparison.Ordinal);
        Assert.All(reports, name => Assert.Contains($"\n  {name}", outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Ctrl_C_is_130_and_the_run_is_kept()
    {
        if (OperatingSystem.IsWindows())
            return;
        string report = Path.Combine(_folder, "report");
        using (ShellProcess shell = ShellProcess.StartFile(_folder, Gate, "-Simulator", "-Duration", "10m", "-ReportPath", report))
        {
            Sync.Await(() => Directory.Exists(report)
                && Directory.EnumerateFiles(report, "results.jsonl", SearchOption.AllDirectories).Any(), "the first row");
            shell.Signal("INT");
            Assert.Equal(130, shell.Finish().ExitCode);
        }

        string run = Assert.Single(Directory.EnumerateFiles(report, "run.json", SearchOption.AllDirectories));
        Assert.Contains("\"state\": \"Stopped\"", File.ReadAllText(run), StringComparison.Ordinal);
    }

    private ShellOutcome Run(string parameters, string before = "") => ShellProcess.Run(
        $"Set-Location '{_folder}'; {before}; & '{Gate}' {parameters} -ReportPath ./report; exit $LASTEXITCODE",
        ("GENIELOAD_HOME", _folder));

    private static void Rewrite(string path, string pattern, string replacement) =>
        File.WriteAllText(path, Regex.Replace(File.ReadAllText(path), pattern, replacement));
}
