using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Looks before a test whether a space has room for its conversations: it holds 10,000, and refuses questions beyond. The service lists only the
/// conversations of whoever asks, so the count is the least that there are.
/// </summary>
public static class ConversationQuota
{
    /// <summary>Conversations that a space holds, by the service's documentation.</summary>
    public const int Limit = 10_000;

    // Nine tenths full is time to clean up.
    private const double WarningShare = 0.9;

    // A look that lasts longer is not worth the wait before the test.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What to warn of.</summary>
    /// <param name="client">Way to the service.</param>
    /// <param name="spaceId">The space that the test will ask.</param>
    /// <param name="planned">Conversations that the test will open.</param>
    /// <param name="stop">Ends the look.</param>
    /// <returns><see langword="null"/> when there is room, or when the service does not say.</returns>
    public static async Task<string?> WarningAsync(GenieApiClient client, string spaceId, int planned, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var limit = new CancellationTokenSource(Patience, client.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var calls = new CallPolicy(SeededRandom.For(0, "room", 0)) { Caller = "Count of conversations" };
        int count = 0;
        try
        {
            await foreach (GenieConversation _ in client.ListConversationsAsync(spaceId, calls, either.Token).ConfigureAwait(false))
                count++;
        }
        catch (Exception e) when (e is ApiException or Model.GenieLoadException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Not to be allowed to list is no reason not to ask; the retries stand in the log. What was counted so far counts.
        }
        return count + planned < WarningShare * Limit
            ? null
            : FormattableString.Invariant(
                $"The space has {count:#,0} of your conversations and the test opens up to {planned:#,0}; the limit is {Limit:#,0}. Delete old ones, or use -RemoveConversation.");
    }
}
