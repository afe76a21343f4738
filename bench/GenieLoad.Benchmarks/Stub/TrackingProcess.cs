using System.Diagnostics;
using System.Text.Json;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>The tracking server as seen from the benchmark: another process, spoken to over its standard input and output.</summary>
internal sealed class TrackingProcess : IDisposable
{
    private readonly Process _process;

    private TrackingProcess(Process process, int port)
    {
        _process = process;
        Uri = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Uri { get; }

    public static TrackingProcess Start()
    {
        Process process = Process.Start(OwnProcess.StartInfo("tracking"))!;
        return new TrackingProcess(process, Number.Parse(process.StandardOutput.ReadLine()!));
    }

    /// <summary>Calls by kind since this was last asked.</summary>
    public Dictionary<string, int> TakeCalls()
    {
        _process.StandardInput.WriteLine("calls");
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The tracking server has ended.");
        return JsonSerializer.Deserialize<Dictionary<string, int>>(line)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }
}
