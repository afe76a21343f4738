using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What a thousand questions in flight cost while they are polled.</summary>
internal static class OverheadSection
{
    private const int InFlight = 1000;
    private const double PollSeconds = 2;
    private const double Target = 0.05;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        var poll = new PollOptions { FirstSeconds = PollSeconds, Factor = 1, MaximumSeconds = PollSeconds, LateMaximumSeconds = PollSeconds };
        var polled = new ProgressWatcher(progress => progress.InFlightByStatus.GetValueOrDefault(MessageStatus.AskingAi) == InFlight);
        using (var loads = new RequestLoads(context.Stub.Uri, context.Folder))
            await loads.WholeTestAsync(1000, context.Stop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        using var space = new SpaceClient(context.Stub.Uri, StubAnswers.AskingSpace, context.Folder);
        Task<LoadRun> run = space.RunAsync(
            Plans.Even(InFlight, PollSeconds), new LoadTestOptions { Poll = poll }, polled, ended.Token);
        await Task.WhenAny(polled.Reached, run);
        // Until the poll path has been compiled for good; before that it costs several times as much.
        await Task.Delay(TimeSpan.FromSeconds(context.Choose(6, 3)), context.Stop);
        var costs = new List<Cost>();
        for (int round = 0; round < context.Choose(4, 2) && !run.IsCompleted; round++)
            costs.Add(await Cost.OfAsync(() => PolledAsync(context)));
        await ended.CancelAsync();
        await run;
        context.Stop.ThrowIfCancellationRequested();

        var table = new Table("1,000 in flight, polled every 2 s", "of one core", "polls per second", $"target {Number.Percent(Target)}");
        double[] shares = [.. costs.Select(cost => cost.CpuSeconds / cost.Seconds)];
        table.Add(
            "CPU time of the client", Number.Range(shares, Number.Percent), Number.Whole(Number.Median(costs.Select(cost => cost.PerSecond))),
            Number.Median(shares) <= Target ? "met" : "not met");
        return table.ToLines();
    }

    /// <summary>Lets two rounds of polls go by.</summary>
    private static async Task<long> PolledAsync(SectionContext context)
    {
        long before = context.Stub.Count();
        await Task.Delay(TimeSpan.FromSeconds(2 * PollSeconds), context.Stop);
        return context.Stub.Count() - before;
    }
}
