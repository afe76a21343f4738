namespace GenieLoad.PowerShell.Tests.HostProgram;

/// <summary>The terminal of a load test is closed, or its process killed: what is finished is kept, and the run can be gone on with.</summary>
public class ClosedTerminalTests
{
    private const string Script =
        """
        $env:GENIELOAD_HOME = '{0}'
        $simulator = Start-GenieSimulator -TimeScale 5
        Connect-Genie -Simulator $simulator | Out-Null
        Invoke-GenieLoadTest -QuestionCount 200 -Duration 40s -Force -PassThruResult |
            ForEach-Object { [Console]::Out.WriteLine('finished') }
        """;

    [Theory]
    [InlineData("HUP")]
    [InlineData("KILL")]
    public void What_is_finished_is_kept_and_the_run_can_be_resumed(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var script = new ScriptFile("");
        string home = Path.GetDirectoryName(script.Path)!;
        File.WriteAllText(script.Path, Script.Replace("{0}", home, StringComparison.Ordinal));
        using (var host = HostProcess.Start(script.Path))
        {
            for (int finished = 0; finished < 5; finished++)
                host.AwaitLine("finished");
            host.Signal(signal);
            Assert.NotEqual(0, host.Finish().ExitCode);
        }

        HostOutcome told = HostProcess.Run(
            "-Command",
            $"$env:GENIELOAD_HOME = '{home}'; $run = Get-GenieRun -Latest; \"$($run.State) $($run.QuestionCount)\"; "
            + "\"$($run.Results.Where{ $_.Outcome -eq 'Completed' }.Count -ge 4) $($run.Results.Where{ $_.Outcome -eq 'NotStarted' }.Count -ge 100)\"");

        Assert.Equal(("Interrupted 200\nTrue True\n", ""), (told.Output, told.Error));
    }
}
