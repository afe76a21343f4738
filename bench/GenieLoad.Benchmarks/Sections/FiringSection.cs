using System.Diagnostics;
using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>How precisely a plan is fired: by the engine's own account, and as the server sees the questions arrive.</summary>
internal static class FiringSection
{
    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        (double PerSecond, double Seconds)[] rates = context.Quick
            ? [(20, 2), (200, 1)]
            : [(5, 12), (20, 10), (200, 10), (2000, 5)];
        var table = new Table(
            "milliseconds late", "fired p50", "p99", "max", "drift µs/s", "arrived p50", "p99", "max", "sleeper p99",
            "fired p99 within 1 ms of the sleeper");
        using var pacing = new PacingClock();
        foreach ((double perSecond, double seconds) in rates)
        {
            double paced = await AddAsync(table, context, "pacing thread", pacing, perSecond, seconds);
            double timed = await AddAsync(table, context, "system timers", TimeProvider.System, perSecond, seconds);
            context.Ratios.Add($"firing, {Number.Whole(perSecond)} a second: median of system timers, of the pacing thread", timed / paced);
        }
        return table.ToLines();
    }

    /// <returns>Median lateness in seconds.</returns>
    private static async Task<double> AddAsync(
        Table table, SectionContext context, string name, TimeProvider time, double perSecond, double seconds)
    {
        using var space = new SpaceClient(context.Stub.Uri, StubAnswers.QuickSpace, context.Folder, time);
        await FireAsync(space, context, 200, 0.5);
        using var sleeper = new Sleeper();
        (double Planned, double Fired, double Arrived)[] late = await FireAsync(space, context, perSecond, seconds);
        double machine = sleeper.EndP99();
        double[] fired = Percentile.Sort(late.Select(one => (double?)one.Fired));
        double[] arrived = Percentile.Sort(late.Select(one => (double?)one.Arrived));
        (double slope, double error) = Trend.Of([.. late.Select(one => (one.Planned, one.Fired))]);
        table.Add(
            $"{Number.Whole(perSecond)} per second for {Number.Whole(seconds)} s, {name}",
            [.. Figures(fired), $"{Number.Fixed(slope * 1e6, 0)} ± {Number.Fixed(error * 1e6, 0)}", .. Figures(arrived),
                Number.Milliseconds(machine), Percentile.Of(fired, 99) <= machine + 0.001 ? "yes" : "no"]);
        return Percentile.Of(fired, 50);
    }

    private static IEnumerable<string> Figures(double[] sorted) =>
        [Number.Milliseconds(Percentile.Of(sorted, 50)), Number.Milliseconds(Percentile.Of(sorted, 99)), Number.Milliseconds(sorted[^1])];

    /// <summary>Fires a plan of questions that are answered at their first poll.</summary>
    private static async Task<(double Planned, double Fired, double Arrived)[]> FireAsync(
        SpaceClient space, SectionContext context, double perSecond, double seconds)
    {
        context.Stub.TakeArrivals();
        Plan plan = Plans.Even((int)(perSecond * seconds), seconds);
        var observer = new StartObserver();
        var options = new LoadTestOptions { Poll = new PollOptions { FirstSeconds = 0.5 } };
        var orchestrator = new LoadTestOrchestrator(
            [new RunTarget(new RunConnection { Name = "stub", WorkspaceUrl = "", SpaceId = StubAnswers.QuickSpace }, space.Api)], plan,
            options, observer);
        OrchestratedRun run = await orchestrator.RunAsync(DateTime.UtcNow, null, context.Stop);
        context.Stop.ThrowIfCancellationRequested();
        Dictionary<int, long> arrivals = context.Stub.TakeArrivals().ToDictionary(arrival => arrival.Number, arrival => arrival.Instant);
        return
        [
            .. run.Results.Select(row => (
                row.PlannedOffsetSeconds, row.LagSeconds!.Value,
                ((double)(arrivals[row.Index] - observer.Start) / Stopwatch.Frequency) - row.PlannedOffsetSeconds)),
        ];
    }

    /// <summary>Finds the run's zero on the clock that the stub shares: every start tells it, give or take the way to here.</summary>
    private sealed class StartObserver : IRunObserver
    {
        private long _start = long.MaxValue;

        public long Start => Interlocked.Read(ref _start);

        public ValueTask OnStarted(int index, double offsetSeconds)
        {
            long start = Stopwatch.GetTimestamp() - (long)(offsetSeconds * Stopwatch.Frequency);
            long least = Interlocked.Read(ref _start);
            while (start < least)
                least = Interlocked.CompareExchange(ref _start, start, least) is long seen && seen == least ? start : seen;
            return default;
        }

        public void OnAccepted(int index, string conversationId, string messageId)
        {
        }

        public void OnFinished(QuestionResult result, QuestionResponses responses)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }
    }
}
