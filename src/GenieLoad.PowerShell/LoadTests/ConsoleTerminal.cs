using System.Management.Automation.Host;
using System.Security;
using GenieLoad.Engine.Live.Terminal;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>The console of this process.</summary>
internal sealed class ConsoleTerminal : ILiveTerminal
{
    private readonly TextWriter _out = Console.Out;

    private ConsoleTerminal()
    {
    }

    /// <inheritdoc/>
    public int Width => Math.Max(1, Console.WindowWidth);

    /// <inheritdoc/>
    public int Height => Math.Max(1, Console.WindowHeight);

    /// <inheritdoc/>
    public bool HasKeys { get; } = !Console.IsInputRedirected;

    /// <summary>
    /// The console, where it is one that people look at; <see langword="null"/> for files, pipes, build logs, remote sessions and hosts
    /// with windows of their own.
    /// </summary>
    /// <param name="host">The host of the session.</param>
    public static ConsoleTerminal? Of(PSHost host)
    {
        try
        {
            return host.Name == "ConsoleHost" && host.UI.SupportsVirtualTerminal && !Console.IsOutputRedirected
                && Environment.GetEnvironmentVariable("TERM") != "dumb" && Console.WindowWidth > 0 && Console.WindowHeight > 0
                ? new ConsoleTerminal() : null;
        }
        catch (Exception exception) when (exception is IOException or SecurityException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(string text)
    {
        _out.Write(text);
        _out.Flush();
    }

    /// <inheritdoc/>
    public char? ReadKey() => Console.KeyAvailable ? Console.ReadKey(intercept: true).KeyChar : null;
}
