using System.Globalization;
using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>A process of its own that holds a number of streams open and tells what they cost, until the stub ends them.</summary>
internal static class StreamsProbe
{
    /// <summary>Asks by a load test in agent mode.</summary>
    public const string Engine = "engine";

    /// <summary>Asks by HttpClient and SseParser alone.</summary>
    public const string Bare = "bare";

    private const int WarmUpQuestions = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Writes resident and live bytes, less what the process held before, connections, and the CPU time as a share of a core; after the
    /// streams have ended, how many ended with an answer. Nothing when they could not be opened, or did not end, in time.
    /// </summary>
    public static async Task<int> RunAsync(string client, int count, int seconds, Uri server, string folder)
    {
        using var clock = new PacingClock();
        if (client == Engine)
            await EngineAsync(WarmUpQuestions, server, StubAnswers.QuickSpace, folder, clock, NoWatcher.Instance);
        else
            await new BareStreams(server, StubAnswers.QuickSpace).RunAsync(WarmUpQuestions);
        (long residentBefore, long liveBefore) = (OwnProcess.Resident(), GC.GetTotalMemory(forceFullCollection: true));

        (Task allOpen, Task<int> answered) = client == Engine ? StartEngine(count, server, folder, clock) : StartBare(count, server);
        TimeSpan opening = Patience + TimeSpan.FromSeconds(count / MemoryProbe.ArrivalsPerSecond);
        if (await Task.WhenAny(allOpen, answered, Task.Delay(opening)) != allOpen)
            return 1;
        // Until each has had an event and the path of events has been compiled for good.
        await Task.Delay(TimeSpan.FromSeconds(StubStreams.EventSeconds));
        long resident = OwnProcess.Resident() - residentBefore;
        long live = GC.GetTotalMemory(forceFullCollection: true) - liveBefore;
        Cost cost = await Cost.OfAsync(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            return count;
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{resident} {live} {OwnProcess.Connections(server)} {cost.CpuSeconds / cost.Seconds}"));

        if (await Task.WhenAny(answered, Task.Delay(Patience)) != answered)
            return 1;
        Console.WriteLine((await answered).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static (Task AllOpen, Task<int> Answered) StartEngine(int count, Uri server, string folder, PacingClock clock)
    {
        // On a machine that is starved, one or another of so many may have been given up.
        var open = new ProgressWatcher(progress => progress.InFlight + progress.Failed == count && progress.InFlight >= 0.99 * count
            && progress.InFlightByStatus.GetValueOrDefault(AgentStatus.Thinking) == progress.InFlight);
        return (open.Reached, EngineAsync(count, server, StubAnswers.AskingSpace, folder, clock, open));
    }

    private static async Task<int> EngineAsync(
        int count, Uri server, string spaceId, string folder, PacingClock clock, IRunWatcher watcher)
    {
        // On this machine the engine allows itself half of the handles, because a simulator may need as many. The stub has its own.
        SocketsHttpHandler network = GenieApiClient.CreateHandler(server, new GenieClientOptions());
        network.MaxConnectionsPerServer = count;
        using var space = new SpaceClient(server, spaceId, folder, clock, new ConnectionQueue(network, count, EngineLog.None));
        LoadRun run = await space.RunAsync(
            Plans.Even(count, count / MemoryProbe.ArrivalsPerSecond, mode: QuestionMode.Agent),
            new LoadTestOptions { QuestionTimeoutSeconds = 3600 }, watcher, CancellationToken.None);
        return run.SuccessfulCount;
    }

    private static (Task AllOpen, Task<int> Answered) StartBare(int count, Uri server)
    {
        var streams = new BareStreams(server, StubAnswers.AskingSpace);
        return (streams.AllOpen, streams.RunAsync(count));
    }
}
