using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>SIGTERM, by which service managers and container platforms end a process, in the real <c>pwsh</c>.</summary>
public sealed class TerminationTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genieload-term-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void A_load_test_ends_in_order_and_the_script_after_its_finally()
    {
        if (OperatingSystem.IsWindows())
            return;
        using ShellProcess shell = Start(
            """
            try {
                Invoke-GenieLoadTest -QuestionCount 200 -Duration 10m -Force -StopGrace 1s
                [Console]::Out.WriteLine('went on')
            }
            catch { [Console]::Out.WriteLine('caught') }
            finally {
                $run = Get-GenieRun -Latest
                [Console]::Out.WriteLine("finally $($run.State) $($run.StopCause)")
                exit 42
            }
            """);
        AwaitQuestion();

        shell.Signal("TERM");
        ShellOutcome outcome = shell.Finish();

        Assert.Equal(42, outcome.ExitCode);
        Assert.Contains("was stopped: ", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("finally Stopped User\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("went on", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("caught", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_ends_PowerShell_at_once()
    {
        if (OperatingSystem.IsWindows())
            return;
        using ShellProcess shell = Start("Invoke-GenieLoadTest -QuestionCount 200 -Duration 10m -Force -StopGrace 10m");
        AwaitQuestion();

        // Two that come before the first is taken are one, so there may be more.
        Task<ShellOutcome> end = Task.Run(shell.Finish);
        while (await Task.WhenAny(end, Task.Delay(200)) != end)
            shell.TrySignal("TERM");

        ShellOutcome outcome = await end;
        Assert.Equal(128 + 15, outcome.ExitCode);
        Assert.DoesNotContain("was stopped", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_question_is_asked_it_does_what_it_does_without_GenieLoad()
    {
        if (OperatingSystem.IsWindows())
            return;
        using ShellProcess shell = Start(
            """
            Invoke-GenieQuestion 'How many orders are open?' -PollInterval 0.1 | Out-Null
            [Console]::Out.WriteLine('asked')
            [Threading.Thread]::Sleep([Threading.Timeout]::Infinite)
            """,
            timeScale: 50);
        shell.AwaitLine("asked");

        shell.Signal("TERM");

        Assert.Equal(128 + 15, shell.Finish().ExitCode);
    }

    private ShellProcess Start(string script, double timeScale = 1) => ShellProcess.Start(
        FormattableString.Invariant(
            $"Connect-Genie -Simulator (Start-GenieSimulator -TimeScale {timeScale}) | Out-Null\n{script}"),
        ("GENIELOAD_HOME", _home.FullName));

    private void AwaitQuestion() =>
        Sync.Await(() => Text("started.jsonl").Contains("conversationId", StringComparison.Ordinal), "the first question");

    private string Text(string name)
    {
        string[] found = Directory.GetFiles(_home.FullName, name, SearchOption.AllDirectories);
        if (found.Length == 0)
            return "";
        using StreamReader reader = new(new FileStream(found[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
