using System.Diagnostics;

namespace GenieLoad.Benchmarks;

/// <summary>What some work cost this process.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="CpuSeconds">CPU time of all threads of this process, user and kernel.</param>
/// <param name="Seconds">Time that went by.</param>
internal readonly record struct Cost(long Requests, double CpuSeconds, double Seconds)
{
    public double PerCpuSecond => Requests / CpuSeconds;

    public double PerSecond => Requests / Seconds;

    public static async Task<Cost> OfAsync(Func<Task<long>> work)
    {
        // What the work before it left behind is not its to clear away.
        GC.Collect();
        long began = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long requests = await work();
        return new Cost(requests, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
