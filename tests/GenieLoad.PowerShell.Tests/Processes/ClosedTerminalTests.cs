using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The terminal of a load test is closed, or its process killed: what is finished is kept, and the run can be resumed.</summary>
public sealed class ClosedTerminalTests : IDisposable
{
    private const string Script =
        """
        $simulator = Start-GenieSimulator -TimeScale 5
        Connect-Genie -Simulator $simulator | Out-Null
        Invoke-GenieLoadTest -QuestionCount 200 -Duration 40s -Force -PassThruResult |
            ForEach-Object { [Console]::Out.WriteLine('finished') }
        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genieload-closed-");

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("HUP")]
    [InlineData("KILL")]
    public void What_is_finished_is_kept_and_the_run_can_be_resumed(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        (string, string) home = ("GENIELOAD_HOME", _home.FullName);
        using (ShellProcess shell = ShellProcess.Start(Script, home))
        {
            for (int finished = 0; finished < 5; finished++)
                shell.AwaitLine("finished");
            // On a busy machine the writer may be a moment behind what was shown.
            Sync.Await(() => RowsOnDisk() >= 4, "four rows on the disk");
            shell.Signal(signal);
            Assert.NotEqual(0, shell.Finish().ExitCode);
        }

        ShellOutcome told = ShellProcess.Run(
            """
            $run = Get-GenieRun -Latest
            "$($run.State) $($run.QuestionCount)"
            $finished = $run.Results.Where{ $_.Outcome -eq 'Completed' }.Count
            $unasked = $run.Results.Where{ $_.Outcome -eq 'NotStarted' }.Count
            "$($finished -ge 4) $($unasked -ge 100)"
            """,
            home);

        Assert.Equal(("Interrupted 200\nTrue True\n", ""), (told.Output, told.Error));
    }

    private int RowsOnDisk()
    {
        string rows = Assert.Single(Directory.EnumerateFiles(_home.FullName, "results.jsonl", SearchOption.AllDirectories));
        using StreamReader reader = new(new FileStream(rows, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Count(c => c == '\n');
    }
}
