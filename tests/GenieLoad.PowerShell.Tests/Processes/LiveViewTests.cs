using System.Diagnostics;
using System.Text;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>The live view on a real terminal, which <c>script</c> of util-linux provides.</summary>
public sealed class LiveViewTests : IDisposable
{
    private const string Enter = "\u001b[?1049h";
    private const string Leave = "\u001b[?1049l";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genieload-live-");

    private Process? _terminal;

    public void Dispose()
    {
        if (_terminal?.HasExited == false)
        {
            _terminal.Kill(entireProcessTree: true);
            _terminal.WaitForExit();
        }
        _terminal?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("qq", "Stopping  ", "ended Stopped User")]
    [InlineData("\u0003", null, "was stopped: ")]
    public async Task The_terminal_is_as_it_was_after_a_live_view(string keys, string? seen, string after)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Process terminal = _terminal = Start(
            """
            Connect-Genie -Simulator (Start-GenieSimulator) | Out-Null
            $run = Invoke-GenieLoadTest -QuestionCount 100 -Duration 1h -Force -Live
            "ended $($run.State) $($run.StopCause)"
            """);
        StringBuilder shown = new();
        await ReadAsync(terminal, shown, "In flight", Patience);
        foreach (char key in keys)
        {
            await terminal.StandardInput.WriteAsync(key);
            await terminal.StandardInput.FlushAsync();
        }
        await ReadAsync(terminal, shown, after, Patience);

        string text = shown.ToString();
        Assert.Equal(2, text.Split(Enter).Length);
        Assert.Equal(2, text.Split(Leave).Length);
        int left = text.IndexOf(Leave, StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("In flight", StringComparison.Ordinal), text.IndexOf(Enter, StringComparison.Ordinal), left);
        Assert.True(text.IndexOf(after, StringComparison.Ordinal) > left, text);
        Assert.True(text.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) >= text.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        if (seen is not null)
            Assert.Contains(seen, text[..left], StringComparison.Ordinal);
        // The terminal is not written to while it shows something else.
        Assert.DoesNotContain("Load test ", text[..left], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_there_is_progress_and_the_run()
    {
        ShellOutcome outcome = ShellProcess.Run(
            """
            Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 100) | Out-Null
            (Invoke-GenieLoadTest light_load -Duration 1s -Live -Verbose 4>&1).Message -match '-Live needs'
            """,
            ("GENIELOAD_HOME", _folder.FullName));

        Assert.Equal(
            ("-Live needs a console of at least 40 columns and 10 lines that understands escape sequences; "
                + "progress is shown instead.\n", ""),
            (outcome.Output, outcome.Error));
    }

    private Process Start(string command)
    {
        string script = Path.Combine(_folder.FullName, "test.ps1");
        File.WriteAllText(script, command);
        // A test run in the background of a shell ignores Ctrl+C, and so would its children.
        ProcessStartInfo start = new("env")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                "--default-signal=INT,TERM,HUP", "script", "-qfec",
                $"stty cols 100 rows 30; exec dotnet '{BuiltModule.Shell}' -NoProfile -File '{script}'", "/dev/null",
            },
        };
        (string, string)[] variables =
        [
            ("PSModulePath", BuiltModule.Store), ("GENIELOAD_HOME", _folder.FullName), ("TERM", "xterm-256color"),
            ("POWERSHELL_TELEMETRY_OPTOUT", "1"),
        ];
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task ReadAsync(Process terminal, StringBuilder shown, string until, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        char[] buffer = new char[4096];
        while (!shown.ToString().Contains(until, StringComparison.Ordinal))
        {
            int read = await terminal.StandardOutput.ReadAsync(buffer, limit.Token);
            Assert.True(read > 0, $"It ended without '{until}': {shown}");
            shown.Append(buffer, 0, read);
        }
    }
}
