using System.Diagnostics;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.HostProgram;

/// <summary>The host as its users start it: a process with redirected streams and nobody at the keyboard.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private HostProcess(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs the host to its end.</summary>
    public static HostOutcome Run(params string[] words)
    {
        using var host = Start(words);
        return host.Finish();
    }

    /// <summary>Runs a script to its end; gives it in a file of that name, so that messages can be compared.</summary>
    public static HostOutcome RunScript(string script, params string[] words)
    {
        using var file = new ScriptFile(script);
        return Run([file.Path, .. words]);
    }

    /// <summary>Runs a script to its end as somebody would in another place.</summary>
    public static HostOutcome RunScriptIn(string timeZone, string script)
    {
        using var file = new ScriptFile(script);
        using var host = Start([file.Path], timeZone);
        return host.Finish();
    }

    public static HostProcess Start(params string[] words) => Start(words, timeZone: null);

    private static HostProcess Start(string[] words, string? timeZone)
    {
        // A test run in the background of a shell ignores Ctrl+C, and so would its children.
        var resetsSignals = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(resetsSignals ? "env" : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (timeZone is not null)
            start.Environment["TZ"] = timeZone;
        string[] prefix = resetsSignals ? ["--default-signal=INT,TERM,HUP", "dotnet"] : [];
        foreach (var word in (string[])[.. prefix, BuiltModule.HostProgram, .. words])
            start.ArgumentList.Add(word);
        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Reads output until this line comes.</summary>
    public void AwaitLine(string expected)
    {
        var reading = Task.Run(() =>
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

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public HostOutcome Finish()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        Assert.True(_process.WaitForExit(Patience), "The host did not end.");
        return new HostOutcome(_process.ExitCode, output.Result.ReplaceLineEndings("\n"), _error.Result.ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

/// <summary>What became of a run of the host.</summary>
internal sealed record HostOutcome(int ExitCode, string Output, string Error);

/// <summary>A script in a folder of its own.</summary>
internal sealed class ScriptFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genieload-host-");

    public ScriptFile(string script)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "test.ps1");
        File.WriteAllText(Path, script);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
