using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.PowerShell;

/// <summary>A load test that a cmdlet has set up, to be carried out on its pipeline or as a job.</summary>
internal sealed class LoadTestWork : IDisposable
{
    // A stop that lasts is no stop: what is not deleted by then stays.
    internal static readonly TimeSpan CleanupAfterStop = TimeSpan.FromSeconds(10);

    /// <summary>Shows it.</summary>
    public required RunDisplay Display { get; init; }

    /// <summary>Opens the way to the workspace.</summary>
    public required Func<ILogSink[], GenieApiClient> OpenClient { get; init; }

    /// <summary>Space to ask.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Whether it is a simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Runs the plan, or goes on with it.</summary>
    public required Func<GenieApiClient, Connection, CancellationToken, Task<LoadRun>> Carry { get; init; }

    /// <summary>Conversations that the test opens; 0 to leave the space uncounted.</summary>
    public int ConversationCount { get; init; }

    /// <summary>Whether rows are written as they finish, instead of the run.</summary>
    public bool StreamsRows { get; init; }

    /// <summary>Whether the conversations that the run created are deleted after it.</summary>
    public bool RemovesConversations { get; init; }

    /// <summary>Thresholds without which the work fails; <see langword="null"/> for none.</summary>
    public IReadOnlyList<Threshold>? Demanded { get; init; }

    /// <summary>Longest time from a stop to the end of the work.</summary>
    public TimeSpan LongestStop { get; init; }

    /// <summary>Log file that the work owns; <see langword="null"/> for none.</summary>
    public LogFile? Log { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Log?.Dispose();

    /// <summary>Carries it out.</summary>
    /// <param name="channel">Where to write.</param>
    /// <param name="stop">Ends it early; what is finished is kept.</param>
    public async Task CarryOutAsync(ICmdletChannel channel, CancellationToken stop)
    {
        Display.Channel = channel;
        Display.StreamsRows = StreamsRows;
        using GenieApiClient client = OpenClient(Log is null ? [channel.Log] : [channel.Log, Log]);
        // Says at once what is wrong with workspace, credential or space, and opens the first connection outside the measured time.
        Connection target = await new GenieConnector(client).CheckAsync(SpaceId, IsSimulator, stop).ConfigureAwait(false);
        if (ConversationCount > 0
            && await ConversationRoom.WarningAsync(client, SpaceId, ConversationCount, stop).ConfigureAwait(false) is string room)
        {
            await channel.WriteWarningAsync(room).ConfigureAwait(false);
        }
        LoadRun run = await Carry(client, target, stop).ConfigureAwait(false);
        CleanupResult? cleanup = RemovesConversations ? await CleanUpAsync(client, run, stop).ConfigureAwait(false) : null;
        await Display.RowsWritten.ConfigureAwait(false);
        if (!StreamsRows)
            await channel.WriteAsync(run).ConfigureAwait(false);
        if (cleanup?.Trouble is string trouble)
            await channel.WriteWarningAsync($"{cleanup.Removed} of {cleanup.Created} conversations were deleted: {trouble}").ConfigureAwait(false);
        if (run.StopCause == StopCause.Service)
            await channel.WriteErrorAsync(AskingErrors.ServiceRefused(run)).ConfigureAwait(false);
        else if (StopCause.IsRule(run.StopCause))
            await channel.WriteWarningAsync($"{run.StateReason}{Remaining(run)}").ConfigureAwait(false);
        if (Demanded is not null)
            ThresholdJudge.Demand(run, ThresholdJudge.Judge(run, Demanded));
    }

    private static string Remaining(LoadRun run)
    {
        int notStarted = run.Results.Count(row => row.Outcome == Outcome.NotStarted);
        return notStarted == 0 ? "" : $" {notStarted} of {run.Results.Count} questions were not asked; Resume-GenieLoadTest {run.RunId} asks them.";
    }

    private static async Task<CleanupResult> CleanUpAsync(GenieApiClient client, LoadRun run, CancellationToken stop)
    {
        using CancellationTokenSource limit = stop.IsCancellationRequested
            ? new CancellationTokenSource(CleanupAfterStop)
            : CancellationTokenSource.CreateLinkedTokenSource(stop);
        return await ConversationCleanup.RemoveAsync(client, run, limit.Token).ConfigureAwait(false);
    }
}
