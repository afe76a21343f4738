using System.Diagnostics;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>
/// The real <c>pwsh</c> as users, schedulers and pipelines start it: a process with redirected streams and nobody at the keyboard.
/// The module is found by name.
/// </summary>
internal sealed class ShellProcess : IDisposable
{
    // A quarter of the Pester suite is one process.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);
    private static readonly string[] Personal = ["DATABRICKS_", "ARM_", "IDENTITY_", "GENIE", "MLFLOW_"];

    private readonly Process _process;
    private readonly Task<string> _error;

    private ShellProcess(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">PowerShell.</param>
    /// <param name="variables">Variables of its environment.</param>
    public static ShellOutcome Run(string command, params (string Name, string Value)[] variables)
    {
        using ShellProcess shell = Start(command, variables);
        return shell.Finish();
    }

    /// <summary>Runs a script file to its end, in a data folder.</summary>
    /// <param name="home">The data folder.</param>
    /// <param name="path">The script.</param>
    /// <param name="words">Its arguments.</param>
    public static ShellOutcome RunFile(string home, string path, params string[] words)
    {
        using ShellProcess shell = StartFile(home, path, words);
        return shell.Finish();
    }

    /// <summary>Starts a script file, in a data folder.</summary>
    /// <param name="home">The data folder.</param>
    /// <param name="path">The script.</param>
    /// <param name="words">Its arguments.</param>
    public static ShellProcess StartFile(string home, string path, params string[] words) =>
        StartWords(["-File", path, .. words], ("GENIELOAD_HOME", home));

    /// <summary>Starts a script file that takes its input from the environment.</summary>
    /// <param name="path">The script.</param>
    /// <param name="variables">Variables of its environment.</param>
    public static ShellProcess StartScript(string path, params (string Name, string Value)[] variables) =>
        StartWords(["-File", path], variables);

    /// <summary>Starts a command.</summary>
    /// <param name="command">PowerShell.</param>
    /// <param name="variables">Variables of its environment.</param>
    public static ShellProcess Start(string command, params (string Name, string Value)[] variables) =>
        StartWords(["-Command", command], variables);

    private static ShellProcess StartWords(string[] words, params (string Name, string Value)[] variables)
    {
        // A test run in the background of a shell ignores Ctrl+C, and so would its children.
        bool resetsSignals = OperatingSystem.IsLinux();
        ProcessStartInfo start = new(resetsSignals ? "env" : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] before = resetsSignals ? ["--default-signal=INT,TERM,HUP", "dotnet"] : [];
        foreach (string word in (string[])[.. before, BuiltModule.Shell, "-NoProfile", "-NonInteractive", .. words])
            start.ArgumentList.Add(word);
        foreach (string name in start.Environment.Keys.Where(
            name => Personal.Any(part => name.StartsWith(part, StringComparison.Ordinal))).ToArray())
            start.Environment.Remove(name);
        (string, string)[] own = [("PSModulePath", BuiltModule.Store), ("POWERSHELL_TELEMETRY_OPTOUT", "1"), ("NO_COLOR", "1")];
        foreach ((string name, string value) in own.Concat(variables))
            start.Environment[name] = value;
        return new ShellProcess(Process.Start(start)!);
    }

    /// <summary>Reads output until this line comes.</summary>
    /// <param name="expected">The line.</param>
    public void AwaitLine(string expected)
    {
        Task<bool> reading = Task.Run(() =>
        {
            while (_process.StandardOutput.ReadLine() is { } line)
            {
                if (line == expected)
                    return true;
            }

            return false;
        });
        Assert.True(reading.Wait(Patience) && reading.Result, $"The line '{expected}' never came.");
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Its name: INT, TERM, HUP, KILL.</param>
    public void Signal(string name) => Assert.True(TrySignal(name), $"The signal {name} could not be sent.");

    /// <summary>Sends a signal to a process that may have ended.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it was there.</returns>
    public bool TrySignal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>What was written; lines end with a line feed.</returns>
    public ShellOutcome Finish()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        Assert.True(_process.WaitForExit(Patience), "The shell did not end.");
        return new ShellOutcome(_process.ExitCode, output.Result.ReplaceLineEndings("\n"), _error.Result.ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

/// <summary>What became of a shell.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ShellOutcome(int ExitCode, string Output, string Error);
