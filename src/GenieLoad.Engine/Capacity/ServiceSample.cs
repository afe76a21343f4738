using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Capacity;

/// <summary>Service times as they were measured, and what they say of those that come.</summary>
internal sealed class ServiceSample
{
    // Thirty times have no 99th percentile. Each is therefore spread over so many points, as a kernel does.
    private const int PointsPerTime = 11;
    private const int ManyTimes = 300;
    private const int MostPoints = 1_000;

    private static readonly double[] Kernel =
        [.. Enumerable.Range(0, PointsPerTime).Select(point => Normal.Quantile((point + 0.5) / PointsPerTime))];

    private readonly ServiceTime[] _times;

    /// <summary>A sample.</summary>
    /// <param name="times">Measured times, at least one; answers must have taken time.</param>
    public ServiceSample(IEnumerable<ServiceTime> times)
        : this([.. times], null)
    {
    }

    private ServiceSample(ServiceTime[] times, LoadDependence? dependence)
    {
        if (times.Length == 0)
            throw CapacityErrors.NoServiceTimes();
        foreach (ServiceTime time in times.Where(time => !(time.Seconds > 0 && double.IsFinite(time.Seconds))))
            throw CapacityErrors.InvalidServiceTime(time.Seconds);
        _times = times;
        Dependence = dependence ?? LoadDependence.Of(times);
        Distribution = Spread();
    }

    /// <summary>The times of those that were answered, as they were measured.</summary>
    public IEnumerable<double> Seconds => _times.Where(time => !time.IsFailed).Select(time => time.Seconds);

    /// <summary>How many were measured.</summary>
    public int Count => _times.Length;

    /// <summary>How many of them failed.</summary>
    public int FailedCount => _times.Count(time => time.IsFailed);

    /// <summary>Whether times grow with what is in flight.</summary>
    public LoadDependence Dependence { get; }

    /// <summary>What comes is drawn from this.</summary>
    public ServiceDistribution Distribution { get; }

    /// <summary>A sample of the same size drawn from this one, with what it then says of the growth of times.</summary>
    /// <param name="random">Random numbers.</param>
    public ServiceSample Resample(SeededRandom random)
    {
        ServiceTime[] drawn = new ServiceTime[_times.Length];
        for (int i = 0; i < drawn.Length; i++)
            drawn[i] = _times[random.NextInt32(_times.Length)];
        return new ServiceSample(drawn, Dependence.Grows ? Dependence.Refit(drawn) : Dependence);
    }

    private ServiceDistribution Spread()
    {
        double[] answered = Smooth([.. _times.Where(time => !time.IsFailed).Select(Alone)]);
        double[] failed = [.. _times.Where(time => time.IsFailed).Select(Alone).Order()];
        return new ServiceDistribution(answered, failed, (double)FailedCount / Count, Dependence.Slots ?? double.PositiveInfinity);
    }

    private double Alone(ServiceTime time) => time.Seconds / Dependence.Growth(time.InFlight);

    /// <summary>
    /// A kernel over the logarithms of times, shrunk so that their deviation stays what it was (B. W. Silverman, "Density Estimation",
    /// 1986, 6.4): times that are a little longer than the longest seen become possible.
    /// </summary>
    private static double[] Smooth(double[] times)
    {
        if (times.Length is < 2 or >= ManyTimes)
            return Thin([.. times.Order()]);
        double[] logs = [.. times.Select(time => Math.Log(time))];
        double mean = logs.Average();
        double width = 1.06 * Math.Pow(logs.Length, -0.2);
        double deviation = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1));
        double shrink = 1 / Math.Sqrt(1 + (width * width));
        double[] points =
        [
            .. logs.SelectMany(log => Kernel.Select(z => Math.Exp(mean + ((log - mean + (width * deviation * z)) * shrink)))),
        ];
        Array.Sort(points);
        return Thin(points);
    }

    /// <summary>No more points than are worth their time, each as likely as the others.</summary>
    private static double[] Thin(double[] sorted) => sorted.Length <= MostPoints
        ? sorted
        : [.. Enumerable.Range(0, MostPoints).Select(point => sorted[(int)((point + 0.5) * sorted.Length / MostPoints)])];
}
