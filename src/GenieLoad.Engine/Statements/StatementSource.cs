using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Statements;

/// <summary>The query history of one workspace, and the statements that are wanted of it.</summary>
/// <param name="client">Way to the workspace.</param>
/// <param name="wanted">The statements: the place of their question in the plan, and their id.</param>
internal sealed class StatementSource(GenieApiClient client, IReadOnlyList<(int Index, string Id)> wanted)
{
    // An address of 3 kB, which every gateway takes.
    private const int MostIds = 50;

    private readonly Dictionary<string, QueryInfo> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string State, string? Reason)> _unknown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private bool _oneByOne;
    private bool _isGivenUp;

    /// <summary>How many are wanted.</summary>
    public int Count => wanted.Count;

    /// <summary>How many are known to the last word.</summary>
    public int KnownCount => wanted.Count(one => IsKnown(one.Id));

    /// <summary>Whether there is nothing more to ask for.</summary>
    public bool IsDone => _isGivenUp || !Open().Any();

    /// <summary>Asks for all that are not known yet. A failure is told by <see cref="Records"/>, and thrown to nobody.</summary>
    /// <param name="calls">Policy of the calls.</param>
    /// <param name="stop">Ends it at once.</param>
    public async Task AskAsync(CallPolicy calls, CancellationToken stop)
    {
        string[] open = [.. Open()];
        for (int next = 0; next < open.Length && !_isGivenUp;)
        {
            string[] batch = open[next..Math.Min(open.Length, next + (_oneByOne ? 1 : MostIds))];
            await AskAsync(batch, calls, stop).ConfigureAwait(false);
            next += batch.Length;
        }
    }

    /// <summary>What is known of each that was asked for, and why no more.</summary>
    public IEnumerable<StatementRecord> Records()
    {
        foreach ((int index, string id) in wanted)
        {
            if (_found.TryGetValue(id, out QueryInfo? info))
                yield return StatementRecord.Of(index, id, info);
            else if (_unknown.TryGetValue(id, out (string State, string? Reason) why))
                yield return StatementRecord.Redact(
                    new StatementRecord { Index = index, StatementId = id, State = why.State, Reason = why.Reason });
        }
    }

    private async Task AskAsync(string[] batch, CallPolicy calls, CancellationToken stop)
    {
        try
        {
            HashSet<string> ids = [.. batch];
            await foreach (QueryInfo info in client.ListQueriesAsync(batch, calls, stop).ConfigureAwait(false))
            {
                if (info.QueryId is string id && ids.Contains(id) && !IsKnown(id))
                    _found[id] = info;
            }
            Explain(batch, StatementState.NotFound, null);
        }
        catch (ApiException e) when (e.Failure.HttpStatus is 400 or 413 or 414 or 431 && batch.Length > 1)
        {
            // Nobody says how many ids it takes.
            _oneByOne = true;
            foreach (string[] one in batch.Chunk(1).TakeWhile(_ => !_isGivenUp))
                await AskAsync(one, calls, stop).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Failure.HttpStatus == 400)
        {
            _refused.UnionWith(batch);
            Explain(batch, StatementState.Refused, e.Message);
        }
        catch (ApiException e) when (e.Failure.Kind == FailureKind.Rejected || e.Failure.CredentialRefused)
        {
            _isGivenUp = true;
            Explain(Open(), StatementState.Refused, e.Message);
        }
        catch (Exception e) when (e is ApiException or GenieLoadException)
        {
            Explain(batch, StatementState.Unreachable, e.Message);
        }
    }

    private void Explain(IEnumerable<string> ids, string state, string? reason)
    {
        foreach (string id in ids)
            _unknown[id] = (state, reason);
    }

    private bool IsKnown(string id) => _found.TryGetValue(id, out QueryInfo? info) && info.IsSettled;

    private IEnumerable<string> Open() => wanted.Select(one => one.Id).Distinct(StringComparer.Ordinal)
        .Where(id => !IsKnown(id) && !_refused.Contains(id));
}
