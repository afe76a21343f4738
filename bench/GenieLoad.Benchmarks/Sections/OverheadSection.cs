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
        using (var loads = new RequestLoads(context.Stub.Uri, context.Folder))
            await loads.WholeTestAsync(1000, context.Stop);
        using var pacing = new PacingClock();
        (string Name, TimeProvider Time, List<Cost> Costs)[] ways =
            [("pacing thread", pacing, []), ("system timers", TimeProvider.System, [])];
        // By turns: what else the machine does changes from minute to minute.
        for (int turn = 0; turn < context.Choose(3, 1); turn++)
        {
            foreach ((_, TimeProvider time, List<Cost> costs) in ways)
                await MeasureAsync(context, time, costs);
        }

        var table = new Table("1,000 in flight, polled every 2 s", "of one core", "polls per second", "of the pacing thread",
            $"target {Number.Percent(Target)}");
        double pacingShare = Number.Median(ways[0].Costs.Select(Share));
        foreach ((string name, _, List<Cost> costs) in ways)
        {
            double share = Number.Median(costs.Select(Share));
            table.Add(
                $"CPU time of the client, {name}", Number.Range([.. costs.Select(Share)], Number.Percent),
                Number.Whole(Number.Median(costs.Select(cost => cost.PerSecond))), Number.Percent(share / pacingShare),
                share <= Target ? "met" : "not met");
        }
        context.Ratios.Add(
            "1,000 in flight: CPU time of system timers, of the pacing thread", Number.Median(ways[1].Costs.Select(Share)) / pacingShare);
        return table.ToLines();
    }

    private static double Share(Cost cost) => cost.CpuSeconds / cost.Seconds;

    private static async Task MeasureAsync(SectionContext context, TimeProvider time, List<Cost> costs)
    {
        var poll = new PollOptions { FirstSeconds = PollSeconds, Factor = 1, MaximumSeconds = PollSeconds,
            LateMaximumSeconds = PollSeconds };
        var polled = new ProgressWatcher(progress => progress.InFlightByStatus.GetValueOrDefault(MessageStatus.AskingAi) == InFlight);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        using var space = new SpaceClient(context.Stub.Uri, StubAnswers.AskingSpace, context.Folder, time);
        Task<LoadRun> run = space.RunAsync(
            Plans.Even(InFlight, PollSeconds), new LoadTestOptions { Poll = poll, StopGraceSeconds = 0 }, polled, ended.Token);
        await Task.WhenAny(polled.Reached, run);
        // Until the poll path has been compiled for good; before that it costs several times as much.
        await Task.Delay(TimeSpan.FromSeconds(context.Choose(4, 1)), context.Stop);
        for (int round = 0; round < context.Choose(2, 1) && !run.IsCompleted; round++)
            costs.Add(await Cost.OfAsync(() => PolledAsync(context)));
        await ended.CancelAsync();
        await run;
        context.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>Lets two rounds of polls go by.</summary>
    private static async Task<long> PolledAsync(SectionContext context)
    {
        long before = context.Stub.Count();
        await Task.Delay(TimeSpan.FromSeconds(2 * PollSeconds), context.Stop);
        return context.Stub.Count() - before;
    }
}
