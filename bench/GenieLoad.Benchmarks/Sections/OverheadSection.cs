using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What a thousand questions in flight cost while they are polled.</summary>
internal static class OverheadSection
{
    private const int InFlight = 1000;
    private const double PollSeconds = 2;
    private const double Target = 0.02;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        using var loads = new RequestLoads(context.Stub.Uri, context.Folder);
        await loads.WholeTestAsync(1000, context.Stop);
        using var pacing = new PacingClock();
        Way[] ways =
        [
            new("pacing thread", stop => LoadTestAsync(context, pacing, stop)),
            new("system timers", stop => LoadTestAsync(context, TimeProvider.System, stop)),
            new("bare HttpClient, pacing thread", stop =>
            {
                Task polls = loads.PollBareAsync(InFlight, TimeSpan.FromSeconds(PollSeconds), stop);
                return Task.FromResult(polls);
            }),
        ];
        // What happens once a second is compiled for good only after a minute; until then the JIT would be a tenth of the cost.
        await MeasureAsync(context, ways[0], context.Choose(75, 1));
        ways[0].Costs.Clear();
        // By turns: what else the machine does changes from minute to minute.
        for (int turn = 0; turn < context.Choose(3, 1); turn++)
        {
            foreach (Way way in ways)
                await MeasureAsync(context, way, context.Choose(4, 1));
        }

        var table = new Table("1,000 in flight, polled every 2 s", "of one core", "polls per second", "of the pacing thread",
            $"target {Number.Percent(Target)}");
        double pacingShare = Number.Median(ways[0].Costs.Select(Share));
        foreach (Way way in ways)
        {
            double share = Number.Median(way.Costs.Select(Share));
            table.Add(
                $"CPU time of the client, {way.Name}", Number.Range([.. way.Costs.Select(Share)], Number.Percent),
                Number.Whole(Number.Median(way.Costs.Select(cost => cost.PerSecond))), Number.Percent(share / pacingShare),
                share <= Target ? "met" : "not met");
        }
        context.Ratios.Add(
            "1,000 in flight: CPU time of system timers, of the pacing thread", Number.Median(ways[1].Costs.Select(Share)) / pacingShare);
        context.Ratios.Add(
            "1,000 in flight: CPU time of bare HttpClient, of the load test", Number.Median(ways[2].Costs.Select(Share)) / pacingShare);
        return table.ToLines();
    }

    private static double Share(Cost cost) => cost.CpuSeconds / cost.Seconds;

    private static async Task MeasureAsync(SectionContext context, Way way, double settleSeconds)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        Task polls = await way.Begin(ended.Token);
        // Until the poll path has been compiled for good; before that it costs several times as much.
        await Task.Delay(TimeSpan.FromSeconds(PollSeconds + settleSeconds), context.Stop);
        for (int round = 0; round < context.Choose(2, 1) && !polls.IsCompleted; round++)
            way.Costs.Add(await Cost.OfAsync(() => PolledAsync(context)));
        await ended.CancelAsync();
        await polls;
        context.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>Begins a load test.</summary>
    /// <returns>Once all is in flight, the load test, which goes on until it is stopped.</returns>
    private static async Task<Task> LoadTestAsync(SectionContext context, TimeProvider time, CancellationToken stop)
    {
        var poll = new PollOptions { FirstSeconds = PollSeconds, Factor = 1, MaximumSeconds = PollSeconds,
            LateMaximumSeconds = PollSeconds };
        var polled = new ProgressWatcher(progress => progress.InFlightByStatus.GetValueOrDefault(MessageStatus.AskingAi) == InFlight);
        var space = new SpaceClient(context.Stub.Uri, StubAnswers.AskingSpace, context.Folder, time);
        Task run = RunAsync();
        await Task.WhenAny(polled.Reached, run);
        return run;

        async Task RunAsync()
        {
            using (space)
            {
                await space.RunAsync(
                    Plans.Even(InFlight, PollSeconds), new LoadTestOptions { Poll = poll, StopGraceSeconds = 0 }, polled, stop);
            }
        }
    }

    /// <summary>Lets two rounds of polls go by.</summary>
    private static async Task<long> PolledAsync(SectionContext context)
    {
        long before = context.Stub.Count();
        await Task.Delay(TimeSpan.FromSeconds(2 * PollSeconds), context.Stop);
        return context.Stub.Count() - before;
    }

    /// <summary>One way to poll.</summary>
    /// <param name="Name">For the table.</param>
    /// <param name="Begin">Begins; gives back what goes on until it is stopped.</param>
    private sealed record Way(string Name, Func<CancellationToken, Task<Task>> Begin)
    {
        public List<Cost> Costs { get; } = [];
    }
}
