using System.Net;
using System.Net.Sockets;
using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>Whether metrics that are sent during a test disturb its load: punctuality and CPU time, with and without.</summary>
internal static class MetricsSection
{
    private const int PerSecond = 200;

    // Ten times as often as by default, so that what it costs can be seen at all.
    private const string Interval = "1000";

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", Interval);
        using var receiver = new Receiver(answers: true);
        using var silent = new Receiver(answers: false);
        (string Name, string? Address, List<Cost> Costs, List<double> Late)[] ways =
        [
            ("no metrics", null, [], []), ("receiver answers", receiver.Address, [], []),
            ("receiver never answers", silent.Address, [], []), ("no receiver", "http://127.0.0.1:1", [], []),
        ];
        double seconds = context.Choose(10.0, 3.0);
        using var pacing = new PacingClock();
        await MeasureAsync(context, pacing, 2, null, [], []);
        for (int turn = 0; turn < context.Choose(4, 1); turn++)
        {
            foreach ((_, string? address, List<Cost> costs, List<double> late) in ways)
                await MeasureAsync(context, pacing, seconds, address, costs, late);
        }

        var table = new Table(
            $"{PerSecond} questions a second, metrics every second", "CPU-seconds per 1,000", "of no metrics", "fired p50", "p99", "max");
        double usual = Number.Median(ways[0].Costs.Select(PerThousand));
        foreach ((string name, _, List<Cost> costs, List<double> late) in ways)
        {
            double[] sorted = Percentile.Sort(late.Select(one => (double?)one));
            table.Add(
                name, Number.Range([.. costs.Select(PerThousand)], value => Number.Fixed(value, 2)),
                Number.Percent(Number.Median(costs.Select(PerThousand)) / usual), Number.Milliseconds(Percentile.Of(sorted, 50)),
                Number.Milliseconds(Percentile.Of(sorted, 99)), Number.Milliseconds(sorted[^1]));
        }
        return [.. table.ToLines(), $"Messages taken: {receiver.Count}."];
    }

    private static double PerThousand(Cost cost) => 1000 / cost.PerCpuSecond;

    private static async Task MeasureAsync(
        SectionContext context, PacingClock pacing, double seconds, string? address, List<Cost> costs, List<double> late)
    {
        using var space = new SpaceClient(context.Stub.Uri, StubAnswers.QuickSpace, context.Folder, pacing);
        Plan plan = Plans.Even((int)(PerSecond * seconds), seconds);
        using MetricsPush? push = address is null ? null : MetricsPush.Of(address);
        var options = new LoadTestOptions { Poll = new PollOptions { FirstSeconds = 0.5 } };
        var watcher = new Accompanied(plan, push);
        LoadRun? run = null;
        costs.Add(await Cost.OfAsync(async () =>
        {
            run = await space.RunAsync(plan, options, watcher, context.Stop);
            return run.Results.Count;
        }));
        await watcher.EndAsync();
        late.AddRange(run!.Results.Select(row => row.LagSeconds!.Value));
        context.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>Tells the companions of a load test, as its session does.</summary>
    private sealed class Accompanied(Plan plan, MetricsPush? push) : IRunWatcher
    {
        private readonly RunMeter _meter = new();

        public void OnBegin(string runId, string runPath)
        {
            RunBeginning run = new(runId, runPath, plan);
            _meter.OnBegin(run, _ => { });
            push?.OnBegin(run, _ => { });
        }

        public void OnFinished(QuestionResult result)
        {
            _meter.OnFinished(result);
            push?.OnFinished(result);
        }

        public void OnProgress(RunProgress progress)
        {
            _meter.OnProgress(progress);
            push?.OnProgress(progress);
        }

        public void OnNotKept(GenieLoadException failure)
        {
        }

        public Task EndAsync() => Task.WhenAll(_meter.EndAsync(null), push?.EndAsync(null) ?? Task.CompletedTask);
    }

    /// <summary>Takes messages, in this process: what that costs is counted too.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly List<HttpListenerContext> _kept = [];

        public Receiver(bool answers)
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            free.Stop();
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = TakeAsync(answers);
        }

        public string Address { get; }

        public int Count { get; private set; }

        public void Dispose() => _listener.Close();

        private async Task TakeAsync(bool answers)
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    Count++;
                    _kept.Add(context);
                    if (!answers)
                        continue;
                    await context.Request.InputStream.CopyToAsync(Stream.Null);
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The section is over.
            }
        }
    }
}
