using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>A process of its own that brings a number of conversations in flight and tells what they hold while they wait.</summary>
internal static class MemoryProbe
{
    /// <summary>Questions released per second: as many at once would each need a connection of their own.</summary>
    public const double ArrivalsPerSecond = 2000;

    private const double FirstPollSeconds = 5;

    /// <summary>
    /// Writes resident and live bytes, plan and all, less what the process held before, and its connections; nothing when it did not get
    /// that far in time.
    /// </summary>
    public static async Task<int> RunAsync(int count, Uri server, string folder)
    {
        await WarmUpAsync(server, folder);
        (long residentBefore, long liveBefore) = (OwnProcess.Resident(), GC.GetTotalMemory(forceFullCollection: true));

        // The second poll comes so late that all conversations are between the first two for a while.
        var poll = new PollOptions { FirstSeconds = FirstPollSeconds, Factor = 10, MaximumSeconds = 600, LateMaximumSeconds = 600 };
        var options = new LoadTestOptions { Poll = poll, QuestionTimeoutSeconds = 3600 };
        var polled = new ProgressWatcher(progress => AllPolled(progress, count));
        Plan plan = Plans.Even(count, count / ArrivalsPerSecond);
        using var clock = new PacingClock();
        using var space = new SpaceClient(server, StubAnswers.AskingSpace, folder, clock);
        Task<LoadRun> run = space.RunAsync(plan, options, polled, CancellationToken.None);
        TimeSpan patience = TimeSpan.FromSeconds(FirstPollSeconds + (count / ArrivalsPerSecond) + 30);
        if (await Task.WhenAny(polled.Reached, run, Task.Delay(patience)) != polled.Reached)
            return 1;
        await Task.Delay(TimeSpan.FromSeconds(1));
        long resident = OwnProcess.Resident() - residentBefore;
        long live = GC.GetTotalMemory(forceFullCollection: true) - liveBefore;
        Console.WriteLine($"{resident} {live} {OwnProcess.Connections(server)}");
        // The questions would go on for an hour; their run ends with this process.
        GC.KeepAlive(run);
        Environment.Exit(0);
        return 0;
    }

    /// <summary>On a machine that is starved, one or another of so many may have been given up.</summary>
    private static bool AllPolled(RunProgress progress, int count) =>
        progress.InFlight + progress.Failed == count
        && progress.InFlightByStatus.GetValueOrDefault(MessageStatus.AskingAi) == progress.InFlight
        && progress.InFlight >= 0.99 * count;

    private static async Task WarmUpAsync(Uri server, string folder)
    {
        using var loads = new RequestLoads(server, folder);
        await loads.WholeTestAsync(500, CancellationToken.None);
    }
}
