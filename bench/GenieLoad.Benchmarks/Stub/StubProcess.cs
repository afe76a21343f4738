using System.Diagnostics;
using System.Globalization;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>The stub server.</summary>
internal sealed class StubProcess : ServerProcess
{
    private StubProcess(ProcessStartInfo info)
        : base(info)
    {
    }

    public static StubProcess Start()
    {
        ProcessStartInfo info = OwnProcess.StartInfo("stub");
        // Answers are sent from the thread that learns of the request: the shortest way there is.
        info.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return new StubProcess(info);
    }

    /// <summary>Requests answered so far.</summary>
    public long Count() => long.Parse(Ask("count"), CultureInfo.InvariantCulture);

    /// <summary>Ends all streams that are held open, each with its answer.</summary>
    /// <returns>How many there were.</returns>
    public int EndStreams() => Number.Parse(Ask("end"));

    /// <summary>CPU seconds the stub has used so far.</summary>
    public double CpuSeconds()
    {
        Process.Refresh();
        return Process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Which question arrived when, since this was last asked. Timestamps are those of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<(int Number, long Instant)> TakeArrivals()
    {
        int count = Number.Parse(Ask("arrivals"));
        var arrivals = new (int, long)[count];
        for (int i = 0; i < count; i++)
        {
            string[] parts = ReadLine().Split(' ');
            arrivals[i] = (Number.Parse(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        return arrivals;
    }
}
