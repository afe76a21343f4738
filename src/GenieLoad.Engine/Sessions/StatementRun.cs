using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Runs one statement of our own to its end and reads its rows. It is cancelled when nobody waits for it any more.</summary>
/// <param name="client">Way to the workspace.</param>
internal sealed class StatementRun(GenieApiClient client)
{
    // A classic warehouse starts in about four.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Of 10,000 rows at most, which are 16 MiB at most a part.
    private const int MostChunks = 1000;

    /// <summary>Runs it.</summary>
    /// <param name="request">The statement.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>The rows, each cell under the name of its column, and whether there were more than asked for.</returns>
    /// <exception cref="GenieLoadException">
    /// <c>BillingRefused</c>, <c>BillingQueryFailed</c>, <c>BillingQueryTimedOut</c>, <c>InvalidId</c>, and what keeps a call from being
    /// made.
    /// </exception>
    public async Task<(IReadOnlyList<Dictionary<string, string?>> Rows, bool IsCut)> RunAsync(
        SqlStatementRequest request, CancellationToken stop)
    {
        try
        {
            SqlStatement done = await ToItsEndAsync(
                (await client.RunStatementAsync(request, Policy(), stop).ConfigureAwait(false)).Value, stop).ConfigureAwait(false);
            if (done.Status?.State != "SUCCEEDED")
                throw FailedOf(done, request.WarehouseId);
            List<Dictionary<string, string?>> rows = [];
            SqlStatementRows? part = done.Result;
            for (int chunks = 0; part is not null && chunks < MostChunks; chunks++)
            {
                rows.AddRange(RowsOf(done.Manifest, part));
                part = part.NextChunkIndex is int next
                    ? (await client.GetStatementRowsAsync(done.StatementId ?? "", next, Policy(), stop).ConfigureAwait(false)).Value
                    : null;
            }
            return (rows, done.Manifest?.Truncated == true || part is not null);
        }
        catch (ApiException e)
        {
            throw e.Failure.HttpStatus switch
            {
                403 => SessionsErrors.BillingRefused(client.Workspace.Authority, e.Message, e),
                400 or 404 => SessionsErrors.BillingQueryFailed(request.WarehouseId, e.Message, e),
                _ => new GenieConnector(client).Explain(e, null),
            };
        }
    }

    /// <summary>The rows of a part of a result, each cell under the name of its column.</summary>
    /// <param name="manifest">Names the columns.</param>
    /// <param name="part">The part.</param>
    internal static IEnumerable<Dictionary<string, string?>> RowsOf(SqlManifest? manifest, SqlStatementRows? part)
    {
        string[] names = [.. manifest?.Schema?.Columns?.Select(column => column?.Name ?? "") ?? []];
        return part?.DataArray?.OfType<List<string?>>().Select(cells => ByName(names, cells)) ?? [];
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
                    throw SessionsErrors.BillingQueryTimedOut(Longest);
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

    private static GenieLoadException FailedOf(SqlStatement statement, string warehouseId)
    {
        string message = statement.Status?.Error?.Message ?? statement.Status?.Error?.ErrorCode
            ?? $"it ended as {statement.Status?.State ?? "nothing"}";
        bool isRefused = message.Contains("INSUFFICIENT_PERMISSIONS", StringComparison.Ordinal)
            || message.Contains("PERMISSION_DENIED", StringComparison.Ordinal) || message.Contains("42501", StringComparison.Ordinal);
        string text = Logging.Redactor.Redact(message);
        return isRefused
            ? SessionsErrors.BillingRefused("The account", text)
            : SessionsErrors.BillingQueryFailed(warehouseId, text);
    }

    private static Dictionary<string, string?> ByName(string[] names, List<string?> cells)
    {
        Dictionary<string, string?> row = new(StringComparer.Ordinal);
        foreach ((string name, string? cell) in names.Zip(cells))
            row[name] = cell;
        return row;
    }

    private CallPolicy Policy() => new(new SeededRandom((ulong)client.Time.GetTimestamp()))
    {
        Caller = "Billing",
        IsWaitedFor = true,
        Deadline = client.Time.GetTimestamp() + (60 * client.Time.TimestampFrequency),
    };
}
