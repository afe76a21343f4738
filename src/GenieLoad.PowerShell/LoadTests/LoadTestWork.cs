using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A load test that a cmdlet has set up, to be carried out on its pipeline or as a job.</summary>
internal sealed class LoadTestWork : IDisposable
{
    // A stop that lasts is no stop: what is not deleted by then stays.
    internal static readonly TimeSpan CleanupAfterStop = TimeSpan.FromSeconds(10);

    /// <summary>Shows it.</summary>
    public required RunDisplay Display { get; init; }

    /// <summary>The connections to use.</summary>
    public required Connection[] Connections { get; init; }

    /// <summary>The space to ask on each.</summary>
    public required string[] Spaces { get; init; }

    /// <summary>
    /// The connections as the run knows them; <see langword="null"/> for a run of one that is named after what is found there.
    /// </summary>
    public IReadOnlyList<RunConnection>? Named { get; init; }

    /// <summary>Opens the way to a workspace, with a clock for its waits.</summary>
    public Func<Connection, TimeProvider, ILogSink[], GenieApiClient> OpenClient { get; set; } = null!;

    /// <summary>Runs the plan, or goes on with it.</summary>
    public required Func<IReadOnlyList<RunTarget>, CancellationToken, Task<LoadRun>> Carry { get; init; }

    /// <summary>Conversations that the test opens; 0 to leave the space uncounted.</summary>
    public int ConversationCount { get; init; }

    /// <summary>Whether rows are written as they finish, instead of the run.</summary>
    public bool StreamsRows { get; set; }

    /// <summary>Whether the conversations that the run created are deleted after it.</summary>
    public bool RemovesConversations { get; set; }

    /// <summary>Thresholds without which the work fails; <see langword="null"/> for none.</summary>
    public IReadOnlyList<Threshold>? Demanded { get; init; }

    /// <summary>Longest time from a stop to the end of the work.</summary>
    public TimeSpan LongestStop { get; set; }

    /// <summary>Log file that the work owns; <see langword="null"/> for none.</summary>
    public LogFile? Log { get; set; }

    /// <summary>The run that is resumed, held until its end; <see langword="null"/> for a new one.</summary>
    public IDisposable? Held { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Log?.Dispose();
        Held?.Dispose();
    }

    /// <summary>Carries it out.</summary>
    /// <param name="channel">Where to write.</param>
    /// <param name="stop">Ends it early; what is finished is kept.</param>
    public async Task CarryOutAsync(ICmdletChannel channel, CancellationToken stop)
    {
        Display.Channel = channel;
        Display.StreamsRows = StreamsRows;
        ILogSink[] sinks = Log is null ? [channel.Log] : [channel.Log, Log];
        using var clock = new PacingClock();
        using var clients = new ClientSet(Connections.Select(connection => OpenClient(connection, clock, sinks)));
        IReadOnlyList<RunTarget> targets = await clients.CheckAsync(Connections, Spaces, Named, stop).ConfigureAwait(false);
        foreach (RunTarget target in ConversationCount > 0 ? targets : [])
        {
            int share = targets.Count == 1 ? ConversationCount : Math.Min(ConversationCount, target.Connection.QuestionCount);
            if (await ConversationQuota.WarningAsync(target.Client, target.Connection.SpaceId, share, stop)
                .ConfigureAwait(false) is string room)
                await channel.WriteWarningAsync(room).ConfigureAwait(false);
        }
        LoadRun run = await Carry(targets, stop).ConfigureAwait(false);
        CleanupResult? cleanup = RemovesConversations ? await CleanUpAsync(targets, run, stop).ConfigureAwait(false) : null;
        await Display.RowsWritten.ConfigureAwait(false);
        if (!StreamsRows)
            await channel.WriteAsync(run).ConfigureAwait(false);
        if (cleanup?.Trouble is string trouble)
            await channel.WriteWarningAsync($"{cleanup.Removed} of {cleanup.Created} conversations were deleted: {trouble}")
                .ConfigureAwait(false);
        if (Display.NotKept is { } failure)
            await channel.WriteErrorAsync(failure).ConfigureAwait(false);
        if (run.StopCause == StopCause.Service)
            await channel.WriteErrorAsync(LoadTestErrors.ServiceRefused(run)).ConfigureAwait(false);
        else if (StopCause.IsRule(run.StopCause))
            await channel.WriteWarningAsync($"{run.StateReason}{Remaining(run)}").ConfigureAwait(false);
        if (Demanded is not null)
            ThresholdJudge.Demand(run, ThresholdJudge.Judge(run, Demanded));
    }

    private static string Remaining(LoadRun run)
    {
        int unasked = run.Results.Count(UnfinishedQuestion.IsUnasked);
        return unasked == 0
            ? ""
            : $" {unasked} of {run.Results.Count} questions were not asked; Resume-GenieLoadTest {run.RunId} asks them.";
    }

    private static async Task<CleanupResult> CleanUpAsync(IReadOnlyList<RunTarget> targets, LoadRun run, CancellationToken stop)
    {
        using CancellationTokenSource limit = stop.IsCancellationRequested
            ? new CancellationTokenSource(CleanupAfterStop)
            : CancellationTokenSource.CreateLinkedTokenSource(stop);
        return await ConversationCleanup.RemoveAsync(targets, run, limit.Token).ConfigureAwait(false);
    }
}
