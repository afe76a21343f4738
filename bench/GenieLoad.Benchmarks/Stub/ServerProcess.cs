using System.Diagnostics;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>A server in a process of its own, as seen from the benchmark: spoken to over its standard input and output.</summary>
internal abstract class ServerProcess : IDisposable
{
    /// <summary>Starts it.</summary>
    /// <param name="info">How; its first line of output is the port.</param>
    protected ServerProcess(ProcessStartInfo info)
    {
        Process = Process.Start(info)!;
        Uri = new Uri($"http://127.0.0.1:{Number.Parse(ReadLine())}");
    }

    public Uri Uri { get; }

    protected Process Process { get; }

    public void Dispose()
    {
        Process.StandardInput.Close();
        if (!Process.WaitForExit(TimeSpan.FromSeconds(5)))
            Process.Kill();
        Process.Dispose();
    }

    protected string Ask(string command)
    {
        Process.StandardInput.WriteLine(command);
        Process.StandardInput.Flush();
        return ReadLine();
    }

    protected string ReadLine() =>
        Process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The process of {GetType().Name} has ended.");
}
