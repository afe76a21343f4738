using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Runs one statement of our own to its end and reads its rows. It is cancelled when nobody waits for it any more.</summary>
/// <param name="client">Way to the workspace.</param>
/// <param name="caller">On whose behalf, for the log.</param>
internal sealed class StatementRun(GenieApiClient client, string caller)
{
    /// <summary>Longest time that one is waited for: a classic warehouse starts in about four minutes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Of 10,000 rows at most, which are 16 MiB at most a part.
    private const int MostChunks = 1000;

    /// <summary>Runs it.</summary>
    /// <param name="request">The statement.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="StatementFailure">It brought none.</exception>
    /// <exception cref="GenieLoadException"><c>InvalidId</c>, and what keeps a call from being made.</exception>
    public async Task<StatementResult> RunAsync(SqlStatementRequest request, CancellationToken stop)
    {
        try
        {
            SqlStatement done = await ToItsEndAsync(
                (await client.RunStatementAsync(request, Policy(), stop).ConfigureAwait(false)).Value, stop).ConfigureAwait(false);
            if (done.Status?.State != "SUCCEEDED")
                throw FailedOf(done);
            List<IReadOnlyList<string?>> rows = [];
            SqlStatementRows? part = done.Result;
            for (int chunks = 0; part is not null && chunks < MostChunks; chunks++)
            {
                rows.AddRange(part.DataArray?.OfType<List<string?>>() ?? []);
                part = part.NextChunkIndex is int next
                    ? (await client.GetStatementRowsAsync(done.StatementId ?? "", next, Policy(), stop).ConfigureAwait(false)).Value
                    : null;
            }
            return new StatementResult(
                [.. done.Manifest?.Schema?.Columns?.Select(column => (column?.Name ?? "", column?.TypeName)) ?? []],
                rows, done.Manifest?.Truncated == true || part is not null || done.Manifest?.TotalRowCount > rows.Count);
        }
        catch (ApiException e)
        {
            throw e.Failure.HttpStatus switch
            {
                403 => new StatementFailure(StatementFailureKind.Refused, e.Message, e),
                400 or 404 => new StatementFailure(StatementFailureKind.Failed, e.Message, e),
                _ => new GenieConnector(client).Explain(e, null),
            };
        }
    }

    private async Task<SqlStatement> ToItsEndAsync(SqlStatement statement, CancellationToken stop)
    {
        long began = client.Time.GetTimestamp();
        string id = statement.StatementId ?? "";
        TimeSpan wait = FirstWait;
        try
        {
            while (statement.Status?.IsInProgress == true)
            {
                if (client.Time.GetElapsedTime(began) > Longest)
                    throw new StatementFailure(StatementFailureKind.TimedOut, "it did not end in time");
                await Task.Delay(wait, client.Time, stop).ConfigureAwait(false);
                wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
                statement = (await client.GetStatementAsync(id, Policy(), stop).ConfigureAwait(false)).Value;
            }
        }
        catch when (statement.Status?.IsInProgress == true)
        {
            await CancelAsync(id).ConfigureAwait(false);
            throw;
        }
        return statement;
    }

    /// <summary>Nobody waits for it any more; it would go on and keep the warehouse awake.</summary>
    private async Task CancelAsync(string id)
    {
        using var limit = new CancellationTokenSource(LongestCancel, client.Time);
        try
        {
            await client.CancelStatementAsync(id, Policy(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or OperationCanceledException or GenieLoadException)
        {
            // It ends by itself then.
        }
    }

    private static StatementFailure FailedOf(SqlStatement statement)
    {
        string message = statement.Status?.Error?.Message ?? statement.Status?.Error?.ErrorCode
            ?? $"it ended as {statement.Status?.State ?? "nothing"}";
        bool isRefused = message.Contains("INSUFFICIENT_PERMISSIONS", StringComparison.Ordinal)
            || message.Contains("PERMISSION_DENIED", StringComparison.Ordinal) || message.Contains("42501", StringComparison.Ordinal);
        return new StatementFailure(
            isRefused ? StatementFailureKind.Refused : StatementFailureKind.Failed, Logging.Redactor.Redact(message));
    }

    private CallPolicy Policy() => new(new SeededRandom((ulong)client.Time.GetTimestamp()))
    {
        Caller = caller,
        IsWaitedFor = true,
        Deadline = client.Time.GetTimestamp() + (60 * client.Time.TimestampFrequency),
    };
}
