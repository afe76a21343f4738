using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Deletes the conversations that a run created, once it is over and kept: a space holds 10,000 at most. What a resumption would still need
/// stays.
/// </summary>
public static class ConversationCleanup
{
    private const int AtOnce = 4;

    /// <summary>Deletes them as far as possible; one that cannot be deleted does not keep the others.</summary>
    /// <param name="targets">The spaces that the run asked, and the ways there.</param>
    /// <param name="run">The run.</param>
    /// <param name="stop">Ends it; what is deleted by then is deleted.</param>
    /// <returns>What became of them.</returns>
    public static async Task<CleanupResult> RemoveAsync(IReadOnlyList<RunTarget> targets, LoadRun run, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(run);
        HashSet<string> needed = StillNeeded(run);
        (RunTarget Target, string Id)[] created =
        [
            .. run.Results.Where(row => row.ConversationId is not null).DistinctBy(row => row.ConversationId)
                .Select(row => (TargetOf(row, targets), row.ConversationId!)),
        ];
        (RunTarget Target, string Id)[] unneeded = [.. created.Where(conversation => !needed.Contains(conversation.Id))];
        // The run may have been read from files that somebody changed.
        (RunTarget Target, string Id)[] wanted = [.. unneeded.Where(conversation => ServiceId.IsPlausible(conversation.Id))];
        (int removed, string? trouble) = await RemoveAsync(wanted, run.Seed, stop).ConfigureAwait(false);
        if (unneeded.Length > wanted.Length)
        {
            trouble ??= $"the run names {ServiceId.Shown(unneeded.Except(wanted).First().Id)} as a conversation, "
                + "which is not a valid id; nothing was sent for it";
        }
        return new CleanupResult(created.Length, removed, created.Length - unneeded.Length, trouble);
    }

    /// <summary>Deletes conversations as far as possible; one that cannot be deleted does not keep the others.</summary>
    /// <param name="wanted">The conversations, and the spaces they are in.</param>
    /// <param name="seed">Seed of waits.</param>
    /// <param name="stop">Ends it; what is deleted by then is deleted.</param>
    /// <returns>How many are deleted, and why one could not be.</returns>
    internal static async Task<(int Removed, string? Trouble)> RemoveAsync(
        IReadOnlyList<(RunTarget Target, string Id)> wanted, int seed, CancellationToken stop)
    {
        int removed = 0;
        string? trouble = null;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
            await Parallel.ForEachAsync(wanted, options, async (conversation, token) =>
            {
                try
                {
                    var calls = new CallPolicy(SeededRandom.For(seed, "cleanup", 0)) { Caller = "Clean-up" };
                    RunTarget target = conversation.Target;
                    await target.Client.DeleteConversationAsync(
                        target.Connection.SpaceId, conversation.Id, calls, token).ConfigureAwait(false);
                    Interlocked.Increment(ref removed);
                }
                catch (ApiException e)
                {
                    trouble = e.Message;
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            trouble = "there was no time left";
        }
        return (removed, trouble);
    }

    /// <summary>Where a question was asked. In a run of one space it is that one, whatever name it had then.</summary>
    private static RunTarget TargetOf(QuestionResult row, IReadOnlyList<RunTarget> targets) =>
        targets.Count == 1 ? targets[0] : targets.Single(target => target.Connection.Name == row.Connection);

    /// <summary>Conversations with a question whose answer is still to be fetched, or still to be asked.</summary>
    private static HashSet<string> StillNeeded(LoadRun run)
    {
        Dictionary<int, string?> keys = run.Plan.Questions.ToDictionary(question => question.Index, question => question.Conversation);
        HashSet<string> unfinished =
            [.. run.Results.Where(UnfinishedQuestion.IsOneOf).Select(row => keys.GetValueOrDefault(row.Index)).OfType<string>()];
        return
        [
            .. run.Results
                .Where(row => UnfinishedQuestion.IsOneOf(row)
                    || (keys.GetValueOrDefault(row.Index) is string key && unfinished.Contains(key)))
                .Select(row => row.ConversationId).OfType<string>(),
        ];
    }
}

/// <summary>What became of the conversations of a run.</summary>
/// <param name="Created">How many the run had created.</param>
/// <param name="Removed">How many are deleted.</param>
/// <param name="Kept">How many are left for a resumption.</param>
/// <param name="Trouble">Why one could not be deleted; <see langword="null"/> when all could.</param>
public sealed record CleanupResult(int Created, int Removed, int Kept, string? Trouble);
