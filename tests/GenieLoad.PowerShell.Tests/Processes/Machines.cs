using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>
/// Machines that are folders: a stand-in for the ssh program starts PowerShell's own server beside it, with the environment of the machine
/// that is asked for. So sessions are real, and need no network and no daemon.
/// </summary>
internal sealed class Machines : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genieload-machines-");

    public Machines()
    {
        string program = Path.Combine(Bin, "ssh");
        Directory.CreateDirectory(Bin);
        // PowerShell gives the machine as the last word but one.
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            for word; do host=$last; last=$word; done
            HOME='{_folder.FullName}'/$host; export HOME
            GENIELOAD_HOME="$HOME/it's \$(touch evil); data"; export GENIELOAD_HOME
            PSModulePath=$HOME/modules; export PSModulePath
            mkdir -p "$HOME"; cd "$HOME"
            echo $$ > session
            [ -e environment ] && . ./environment
            exec dotnet '{BuiltModule.Shell}' -sshs -NoLogo -NoProfile

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Folder of the stand-in, to be the first on the path.</summary>
    public string Bin => Path.Combine(_folder.FullName, "bin");

    /// <summary>Where the merged runs are kept.</summary>
    public string Store => Path.Combine(_folder.FullName, "store");

    /// <summary>Everything that a machine has.</summary>
    public string[] FilesOf(string machine) => Directory.GetFiles(Home(machine), "*", SearchOption.AllDirectories);

    /// <summary>The folders of tests that are left on a machine.</summary>
    public string[] TestsOn(string machine) => Directory.GetDirectories(Home(machine), "places", SearchOption.AllDirectories);

    /// <summary>Sets the environment of a machine.</summary>
    public Machines With(string machine, params string[] lines)
    {
        Directory.CreateDirectory(Home(machine));
        File.WriteAllLines(Path.Combine(Home(machine), "environment"), lines);
        return this;
    }

    /// <summary>Starts a script that may open sessions to them: <c>$machines</c> is the folder that holds theirs.</summary>
    public ShellProcess Start(string script) => ShellProcess.Start(
        $"$env:PATH = '{Bin}:' + $env:PATH; $machines = '{_folder.FullName}'; $store = '{Store}'\n{script}", ("GENIELOAD_HOME", Store));

    /// <summary>As <see cref="Start"/>, to its end.</summary>
    public ShellOutcome Run(string script)
    {
        using ShellProcess shell = Start(script);
        return shell.Finish();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Home(string machine) => Path.Combine(_folder.FullName, machine);
}
