using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The conversations that load tests of this machine held, from its runs: no person asked what is in them.</summary>
public static class OwnConversations
{
    // A run may have begun before the instant from which on conversations count, and still be going on then.
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(31);

    /// <summary>Their ids. Runs that cannot be read, and a store that cannot, are passed over.</summary>
    /// <param name="store">The store; <see langword="null"/> for none.</param>
    /// <param name="since">Instant from which on conversations count, UTC; <see langword="null"/> for all runs.</param>
    public static IReadOnlySet<string> In(RunStore? store, DateTime? since)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (StoredRun run in Runs(store).Where(run => since is null || run.StartedAt >= since - LongestRun))
        {
            try
            {
                ids.UnionWith(SentQuestions.Read(run.Folder, null).Marks.Values.Select(mark => mark.ConversationId).OfType<string>());
            }
            catch (GenieLoadException)
            {
                // What people asked is to be read, not this run.
            }
        }
        return ids;
    }

    private static IReadOnlyList<StoredRun> Runs(RunStore? store)
    {
        try
        {
            return store?.List() ?? [];
        }
        catch (GenieLoadException)
        {
            return [];
        }
    }
}
