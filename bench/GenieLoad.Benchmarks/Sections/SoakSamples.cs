using System.Diagnostics;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What the process holds, looked at again and again.</summary>
internal sealed class SoakSamples
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<(double X, double Y)> _live = [];
    private readonly List<(double X, double Y)> _resident = [];
    private readonly List<(double X, double Y)> _threads = [];
    private readonly List<(double X, double Y)> _handles = [];
    private readonly List<(double X, double Y)> _sockets = [];

    /// <summary>A look while questions are in flight.</summary>
    public void AddWithinRun()
    {
        using Process self = Process.GetCurrentProcess();
        _threads.Add((Hours, self.Threads.Count));
        (int handles, int? sockets) = OpenFiles(self);
        _handles.Add((Hours, handles));
        if (sockets is int count)
            _sockets.Add((Hours, count));
    }

    /// <summary>A look at what is left when a run is over.</summary>
    public void AddBetweenRuns()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        _live.Add((Hours, GC.GetTotalMemory(forceFullCollection: true) / 1e6));
        _resident.Add((Hours, Environment.WorkingSet / 1e6));
    }

    /// <summary>How each of them went.</summary>
    public IReadOnlyList<SoakTrend> Trends() =>
    [
        new("live memory between runs, MB", _live, 5),
        new("resident memory between runs, MB", _resident, 30),
        new("threads", _threads, 4),
        new("files and sockets", _handles, 10),
        .. _sockets.Count == 0 ? (SoakTrend[])[] : [new("sockets", _sockets, 10)],
    ];

    private double Hours => Stopwatch.GetElapsedTime(_start).TotalHours;

    /// <summary>Open files and sockets; the sockets alone only where the system tells them apart.</summary>
    private static (int Handles, int? Sockets) OpenFiles(Process self)
    {
        if (!OperatingSystem.IsLinux())
            return (self.HandleCount, null);
        string[] files = Directory.GetFiles("/proc/self/fd");
        return (files.Length, files.Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true));
    }
}

/// <summary>Samples of one thing, by hours.</summary>
/// <param name="Name">What.</param>
/// <param name="Samples">When and how much.</param>
/// <param name="Allowed">Most that it may grow in all.</param>
internal sealed record SoakTrend(string Name, IReadOnlyList<(double X, double Y)> Samples, double Allowed)
{
    /// <summary>What the straight line through the samples gains from the first to the last, and twice its standard error.</summary>
    private (double Growth, double Error) Line
    {
        get
        {
            double span = Samples[^1].X - Samples[0].X;
            (double slope, double error) = Trend.Of(Samples);
            return (slope * span, 2 * error * span);
        }
    }

    /// <summary>Whether it grows by more than is allowed, beyond what its own scatter explains.</summary>
    public bool Grows => Line.Growth - Line.Error > Allowed;

    /// <summary>Samples, first, last, most, growth, allowed, verdict.</summary>
    public string[] ToFigures() =>
    [
        Number.Whole(Samples.Count), Number.Fixed(Samples[0].Y, 1), Number.Fixed(Samples[^1].Y, 1),
        Number.Fixed(Samples.Max(sample => sample.Y), 1),
        $"{Number.Fixed(Line.Growth, 1)} ± {Number.Fixed(Line.Error, 1)}", Number.Fixed(Allowed, 0), Grows ? "GROWS" : "flat",
    ];
}
