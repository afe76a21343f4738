using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie;

/// <summary>Checks that a workspace and a space can be used, and says in words for people what is wrong when they cannot.</summary>
/// <param name="client">Way to the workspace.</param>
public sealed class GenieConnector(GenieApiClient client)
{
    /// <summary>Reads the space: workspace reachable, credential good, right to use it.</summary>
    /// <param name="spaceId">Space; <see langword="null"/> to check the workspace only.</param>
    /// <param name="isSimulator">Whether it is a simulator.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>WorkspaceRefusedToken</c> (401), <c>AccessDenied</c> (403), <c>SpaceNotFound</c> (404), <c>WorkspaceThrottled</c> (429),
    /// <c>WorkspaceUnreachable</c>, <c>UnexpectedAnswer</c>.
    /// </exception>
    public async Task<Connection> CheckAsync(string? spaceId, bool isSimulator, CancellationToken cancellationToken)
    {
        GenieSpace? space = null;
        if (spaceId is not null)
            space = await ReadAsync(spaceId, cancellationToken).ConfigureAwait(false);
        else
            await FirstSpaceAsync(cancellationToken).ConfigureAwait(false);
        return new Connection
        {
            WorkspaceUrl = WorkspaceAddress.ToText(client.Workspace),
            SpaceId = spaceId,
            SpaceTitle = space?.Title,
            WarehouseId = space?.WarehouseId,
            Credential = client.Credential.Description,
            IsSimulator = isSimulator,
            ConnectedAt = client.Time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>All spaces that the credential can see.</summary>
    /// <param name="found">Gets each as it is read.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">As <see cref="CheckAsync"/>.</exception>
    public async Task ListSpacesAsync(Action<Space> found, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (GenieSpace space in client.ListSpacesAsync(Ledger(), cancellationToken).ConfigureAwait(false))
                found(ToModel(space));
        }
        catch (ApiException e)
        {
            throw Explain(e, null);
        }
    }

    /// <summary>One space.</summary>
    /// <param name="spaceId">Its id.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">As <see cref="CheckAsync"/>.</exception>
    public async Task<Space> GetSpaceAsync(string spaceId, CancellationToken cancellationToken) =>
        ToModel(await ReadAsync(spaceId, cancellationToken).ConfigureAwait(false), spaceId);

    private async Task<GenieSpace> ReadAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetSpaceAsync(spaceId, Ledger(), cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (ApiException e)
        {
            throw Explain(e, spaceId);
        }
    }

    /// <summary>The cheapest call that needs a good credential.</summary>
    private async Task FirstSpaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (GenieSpace _ in client.ListSpacesAsync(Ledger(), cancellationToken).ConfigureAwait(false))
                return;
        }
        catch (ApiException e)
        {
            throw Explain(e, null);
        }
    }

    private GenieLoadException Explain(ApiException e, string? spaceId)
    {
        string host = client.Workspace.Authority;
        return e.Failure switch
        {
            { HttpStatus: 401 } => GenieErrors.WorkspaceRefusedToken(host, e),
            { HttpStatus: 403 } => GenieErrors.AccessDenied(host, spaceId is null ? "its Genie spaces" : $"space '{spaceId}'", e),
            // A workspace answers 400 to an id that is not one of its own form.
            { HttpStatus: 404 or 400 } when spaceId is not null => GenieErrors.SpaceNotFound(spaceId, host, e),
            { Kind: FailureKind.Throttled } => GenieErrors.WorkspaceThrottled(host, e),
            { Kind: FailureKind.Transport, ErrorType: not "MALFORMED_ANSWER" } or { Kind: FailureKind.Unavailable } =>
                GenieErrors.WorkspaceUnreachable(host, e),
            _ => GenieErrors.UnexpectedAnswer(host, e),
        };
    }

    private static Space ToModel(GenieSpace space, string? spaceId = null) => new()
    {
        SpaceId = space.SpaceId ?? spaceId ?? "",
        Title = space.Title,
        Description = space.Description,
        WarehouseId = space.WarehouseId,
    };

    // A person is waiting: seconds, not the minutes a question may take.
    private CallLedger Ledger() => new(new SeededRandom((ulong)client.Time.GetTimestamp()))
    {
        Deadline = client.Time.GetTimestamp() + (20 * client.Time.TimestampFrequency),
    };
}
