using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// The meter and the source of activities of this process, both named GenieLoad: what listens to them sees every load test in it.
/// </summary>
internal static class GenieMeter
{
    private const string Name = "GenieLoad";

    private static readonly Meter Meter = new(Name, RunTags.Version);

    /// <summary>The load tests that go on, for numbers that are read when somebody asks.</summary>
    private static readonly ConcurrentDictionary<RunMeter, bool> Running = new();

    static GenieMeter()
    {
        Observe(RunMetrics.InFlight, run => run.Progress?.InFlight);
        Observe(RunMetrics.Waiting, run => run.Progress?.Waiting);
        Observe(RunMetrics.Throttled, run => run.Progress?.Throttled);
        Observe(RunMetrics.Planned, run => run.Due);
    }

    /// <summary>Makes activities.</summary>
    public static ActivitySource Activities { get; } = new(Name, RunTags.Version);

    public static Counter<long> Finished { get; } = Count(RunMetrics.Finished);

    public static Histogram<double> Response { get; } = Histogram(RunMetrics.Response);

    public static Histogram<double> Service { get; } = Histogram(RunMetrics.Service);

    public static Counter<long> ThrottleRetries { get; } = Count(RunMetrics.ThrottleRetries);

    public static Counter<double> ThrottleTime { get; } = Sum(RunMetrics.ThrottleTime);

    public static Counter<long> FaultRetries { get; } = Count(RunMetrics.FaultRetries);

    public static Counter<double> FaultTime { get; } = Sum(RunMetrics.FaultTime);

    public static Counter<double> WaitTime { get; } = Sum(RunMetrics.WaitTime);

    public static Histogram<double> Lag { get; } = Histogram(RunMetrics.Lag);

    /// <summary>A load test begins.</summary>
    public static void Add(RunMeter run) => Running[run] = true;

    /// <summary>It has ended.</summary>
    public static void Remove(RunMeter run) => Running.TryRemove(run, out _);

    private static Counter<long> Count(MetricDefinition metric) => Meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Help);

    private static Counter<double> Sum(MetricDefinition metric) => Meter.CreateCounter<double>(metric.Name, metric.Unit, metric.Help);

    private static void Observe(MetricDefinition metric, Func<RunMeter, int?> number)
    {
        IEnumerable<Measurement<int>> Values() =>
            from run in Running.Keys
            let value = number(run)
            where value is not null
            select new Measurement<int>(value.Value, run.Tags);

        if (metric.Kind == MetricKind.Counter)
            Meter.CreateObservableCounter(metric.Name, Values, metric.Unit, metric.Help);
        else
            Meter.CreateObservableGauge(metric.Name, Values, metric.Unit, metric.Help);
    }

    /// <summary>A histogram that advises whoever collects it of its ranges, where the runtime can: from .NET 9 on.</summary>
    private static Histogram<double> Histogram(MetricDefinition metric)
    {
        // By name, because .NET 8, which the module is built for, does not know advice.
        Type? advice = typeof(Meter).Assembly.GetType("System.Diagnostics.Metrics.InstrumentAdvice`1")?.MakeGenericType(typeof(double));
        PropertyInfo? bounds = advice?.GetProperty("HistogramBucketBoundaries");
        MethodInfo? create = advice is null ? null : typeof(Meter).GetMethods()
            .FirstOrDefault(method => method is { Name: nameof(Meter.CreateHistogram), IsGenericMethodDefinition: true }
                && method.GetParameters().Length == 5)?.MakeGenericMethod(typeof(double));
        if (bounds is null || create is null)
            return Meter.CreateHistogram<double>(metric.Name, metric.Unit, metric.Help);
        object given = Activator.CreateInstance(advice!)!;
        bounds.SetValue(given, metric.Bounds);
        return (Histogram<double>)create.Invoke(Meter, [metric.Name, metric.Unit, metric.Help, null, given])!;
    }
}
