using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using GenieLoad.Host.Terminals;

namespace GenieLoad.Host;

/// <summary>Entry of the host.</summary>
internal static class Program
{
    public static void Main(string[] words)
    {
        int exitCode;
        try
        {
            exitCode = Run(CommandLine.Parse(words));
        }
        catch (StartException problem)
        {
            Console.Error.WriteLine("GenieLoad.Host: " + problem.Message);
            if (problem.ExitCode == ExitCode.BadUsage)
                Console.Error.WriteLine("GenieLoad.Host --help tells how to call it.");
            exitCode = problem.ExitCode;
        }

        // Not 'return': a thread that a script or module left running must not keep the process alive.
        Environment.Exit(exitCode);
    }

    private static int Run(CommandLine line)
    {
        switch (line.Action)
        {
            case HostAction.ShowHelp:
                Console.WriteLine(Usage.Text);
                return ExitCode.Success;
            case HostAction.ShowVersion:
                Console.WriteLine(
                    $"GenieLoad.Host {VersionOf(typeof(Program))}, PowerShell engine {VersionOf(typeof(PowerShell))}, {RuntimeInformation.FrameworkDescription}");
                return ExitCode.Success;
        }

        // Everything that can be refused is refused before the engine is started, which takes a second.
        var script = line.Action == HostAction.RunFile ? ScriptFile.Find(line.ScriptPath) : null;
        var manifest = ModuleFolder.FindManifest(line.ModulePath, AppContext.BaseDirectory);

        using var terminal = Terminal.ForThisProcess(showProgress: !line.NoProgress, mayAsk: !line.NonInteractive);
        using var session = new Session(terminal, manifest);
        using var interruption = new Interruption(terminal, session.Stop);
        session.Open();
        var exitCode = script is null ? session.RunCommand(line.CommandText) : session.RunFile(script, line.ScriptArguments);
        return interruption.ExitCode ?? exitCode;
    }

    /// <summary>The package's version; that of the assembly is the same for all of a minor version. The commit after it is left out.</summary>
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0];
}
