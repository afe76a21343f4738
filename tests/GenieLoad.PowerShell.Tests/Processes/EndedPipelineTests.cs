namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>What ends a pipeline behind a test, with the cmdlets that only a whole PowerShell has.</summary>
public sealed class EndedPipelineTests
{
    [Fact]
    public void A_complete_test_was_not_stopped_because_nobody_wants_more()
    {
        string home = Directory.CreateTempSubdirectory("genieload-ended-").FullName;

        ShellOutcome outcome = ShellProcess.Run(
            "$null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 100); "
                + "Invoke-GenieLoadTest -QuestionCount 2 -PollInterval 0.02 | Select-Object -First 1 -ExpandProperty State",
            ("GENIELOAD_HOME", home));

        Assert.Equal(("Completed", ""), (outcome.Output.Trim(), outcome.Error));
        Directory.Delete(home, recursive: true);
    }
}
