using System.Diagnostics;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Benchmarks;

/// <summary>
/// A thread that does nothing but sleep for a millisecond, again and again, and notes how much later it was woken: what the machine itself
/// adds to every instant while something else is measured.
/// </summary>
internal sealed class Sleeper : IDisposable
{
    private const double NapSeconds = 0.001;

    private readonly List<double?> _late = [];
    private readonly Thread _thread;
    private volatile bool _ended;

    public Sleeper()
    {
        _thread = new Thread(Sleep) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends it and tells the 99th percentile, in seconds.</summary>
    public double EndP99()
    {
        Dispose();
        return Percentile.Of(Percentile.Sort(_late), 99);
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    private void Sleep()
    {
        do
        {
            long began = Stopwatch.GetTimestamp();
            Thread.Sleep(TimeSpan.FromSeconds(NapSeconds));
            _late.Add(Stopwatch.GetElapsedTime(began).TotalSeconds - NapSeconds);
        }
        while (!_ended);
    }
}
