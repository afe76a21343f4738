using System.Diagnostics;
using System.Globalization;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>The stub server as seen from the benchmark: another process, spoken to over its standard input and output.</summary>
internal sealed class StubProcess : IDisposable
{
    private readonly Process _process;

    private StubProcess(Process process, int port)
    {
        _process = process;
        Uri = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Uri { get; }

    public static StubProcess Start()
    {
        ProcessStartInfo info = OwnProcess.StartInfo("stub");
        // Answers are sent from the thread that learns of the request: the shortest way there is.
        info.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        Process process = Process.Start(info)!;
        return new StubProcess(process, Number.Parse(process.StandardOutput.ReadLine()!));
    }

    /// <summary>Requests answered so far.</summary>
    public long Count() => long.Parse(Ask("count"), CultureInfo.InvariantCulture);

    /// <summary>CPU seconds the stub has used so far.</summary>
    public double CpuSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Which question arrived when, since this was last asked. Timestamps are those of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<(int Number, long Instant)> TakeArrivals()
    {
        int count = Number.Parse(Ask("arrivals"));
        var arrivals = new (int, long)[count];
        for (int i = 0; i < count; i++)
        {
            string[] parts = _process.StandardOutput.ReadLine()!.Split(' ');
            arrivals[i] = (Number.Parse(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        return arrivals;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    private string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The stub server has ended.");
    }
}
