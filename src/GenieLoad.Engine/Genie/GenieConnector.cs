using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie;

/// <summary>Checks that a workspace and a space can be used, and says in words for people what is wrong when they cannot.</summary>
/// <param name="client">Way to the workspace.</param>
public sealed class GenieConnector(GenieApiClient client)
{
    // What the user gave is called for again as it is; the rest is what the service says.
    private static readonly RedactedRecord<Connection> SeenConnection = new(
        nameof(Connection.Name), nameof(Connection.WorkspaceUrl), nameof(Connection.SpaceId), nameof(Connection.Credential));

    private static readonly RedactedRecord<Space> SeenSpace = new();

    // The rest of it is the user's, or has passed the gate.
    private static readonly RedactedRecord<RunConnection> SeenWarehouse = new(
        nameof(RunConnection.Name), nameof(RunConnection.WorkspaceUrl), nameof(RunConnection.SpaceId),
        nameof(RunConnection.SpaceTitle), nameof(RunConnection.Credential));

    // Nobody waits long for what a test does not need.
    private const int LongestExtraSeconds = 5;

    /// <summary>Reads the space: workspace reachable, credential good, right to use it.</summary>
    /// <param name="spaceId">Space; <see langword="null"/> to check the workspace only.</param>
    /// <param name="isSimulator">Whether it is a simulator.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <param name="name">Name of the connection, where it is to have one.</param>
    /// <param name="seesWarehouse">Whether to look at the warehouse of the space too; where that fails, it is not known.</param>
    /// <exception cref="GenieLoadException">
    /// <c>WorkspaceRefusedToken</c> (401, or a token at its end), <c>AccessDenied</c> (403), <c>SpaceNotFound</c> (404),
    /// <c>WorkspaceThrottled</c> (429), <c>WorkspaceUnreachable</c>, <c>PrivateLinkNeeded</c>, <c>AnsweredByLoginPage</c>,
    /// <c>UnexpectedAnswer</c>, <c>InvalidId</c>, <c>ListWithoutEnd</c>.
    /// </exception>
    public async Task<Connection> CheckAsync(
        string? spaceId, bool isSimulator, CancellationToken cancellationToken, string? name = null, bool seesWarehouse = false)
    {
        GenieSpace? space = null;
        if (spaceId is not null)
            space = await ReadAsync(spaceId, cancellationToken).ConfigureAwait(false);
        else
            await AnySpaceAsync(cancellationToken).ConfigureAwait(false);
        SqlWarehouse? warehouse = seesWarehouse ? await WarehouseAsync(space?.WarehouseId, cancellationToken).ConfigureAwait(false) : null;
        return SeenConnection.Redact(new Connection
        {
            Name = name,
            WorkspaceUrl = WorkspaceAddress.ToText(client.Workspace),
            SpaceId = spaceId,
            SpaceTitle = space?.Title,
            WarehouseId = space?.WarehouseId,
            WarehouseSize = warehouse?.ClusterSize,
            WarehouseMinimumClusters = warehouse?.MinNumClusters,
            WarehouseMaximumClusters = warehouse?.MaxNumClusters,
            WarehouseAutoStopMinutes = warehouse?.AutoStopMins,
            Credential = client.Credential.Description,
            IsSimulator = isSimulator,
            ConnectedAt = client.Time.GetUtcNow().UtcDateTime,
        });
    }

    /// <summary>A connection of a run with what its warehouse is now, as far as this credential may see it. Never fails.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="warehouseId">The warehouse that its space names; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task<RunConnection> WithWarehouseAsync(
        RunConnection connection, string? warehouseId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!ServiceId.IsPlausible(warehouseId))
            return connection;
        SqlWarehouse? warehouse = await WarehouseAsync(warehouseId, cancellationToken).ConfigureAwait(false);
        return SeenWarehouse.Redact(connection with
        {
            WarehouseId = warehouseId,
            WarehouseSize = warehouse?.ClusterSize,
            WarehouseType = warehouse?.WarehouseType,
            WarehouseServerless = warehouse?.EnableServerlessCompute,
            WarehouseMinimumClusters = warehouse?.MinNumClusters,
            WarehouseMaximumClusters = warehouse?.MaxNumClusters,
            WarehouseAutoStopMinutes = warehouse?.AutoStopMins,
            WarehouseState = warehouse?.State,
            WarehouseClusters = warehouse?.NumClusters,
        });
    }

    /// <summary>A warehouse as this credential sees it; <see langword="null"/> where it may not, or nobody answers. Never fails.</summary>
    private async Task<SqlWarehouse?> WarehouseAsync(string? warehouseId, CancellationToken cancellationToken)
    {
        if (!ServiceId.IsPlausible(warehouseId))
            return null;
        try
        {
            return (await client.GetWarehouseAsync(warehouseId!, ShortPolicy(), cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>The definition of a space, as JSON.</summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>DefinitionNotVisible</c>: the right to edit the space is missing; or as <see cref="CheckAsync"/>.
    /// </exception>
    public async Task<string> GetDefinitionAsync(string spaceId, CancellationToken cancellationToken)
    {
        string host = client.Workspace.Authority;
        try
        {
            SpaceExport space = (await client.GetDefinitionAsync(spaceId, Policy(), cancellationToken).ConfigureAwait(false)).Value;
            return space.SerializedSpace ?? throw GenieErrors.DefinitionNotVisible(spaceId, host, null);
        }
        catch (ApiException e) when (e.Failure is { HttpStatus: 403, TokenRefused: false } && HttpErrors.OfAnother(host, e) is null)
        {
            throw GenieErrors.DefinitionNotVisible(spaceId, host, e);
        }
        catch (ApiException e)
        {
            throw Explain(e, spaceId);
        }
    }

    /// <summary>
    /// A connection of a run with the fingerprint of its space's definition, where this credential may see it. Never fails, asks nothing.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task<RunConnection> WithFingerprintAsync(RunConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        try
        {
            ApiReply<SpaceExport> reply = await client
                .GetDefinitionAsync(connection.SpaceId, ShortPolicy(), cancellationToken).ConfigureAwait(false);
            return reply.Value.SerializedSpace is string definition
                ? connection with { SpaceFingerprint = CanonicalJson.Hash(Encoding.UTF8.GetBytes(definition)) }
                : connection;
        }
        catch (Exception e) when (e is ApiException or JsonException)
        {
            return connection;
        }
    }

    /// <summary>One space, or all that the credential can see, each as it is read.</summary>
    /// <param name="spaceId">The one; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="GenieLoadException">As <see cref="CheckAsync"/>.</exception>
    public async IAsyncEnumerable<Space> GetSpacesAsync(string? spaceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (spaceId is not null)
        {
            yield return ToModel(await ReadAsync(spaceId, cancellationToken).ConfigureAwait(false), spaceId);
            yield break;
        }
        await using IAsyncEnumerator<GenieSpace> spaces = client.ListSpacesAsync(
            Policy(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(spaces).ConfigureAwait(false))
            yield return ToModel(spaces.Current);
    }

    /// <summary>The cheapest call that needs a good credential.</summary>
    private async Task AnySpaceAsync(CancellationToken cancellationToken)
    {
        await foreach (Space _ in GetSpacesAsync(null, cancellationToken).ConfigureAwait(false))
            return;
    }

    private async Task<GenieSpace> ReadAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetSpaceAsync(spaceId, Policy(), cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (ApiException e)
        {
            throw Explain(e, spaceId);
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<GenieSpace> spaces)
    {
        try
        {
            return await spaces.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw Explain(e, null);
        }
    }

    /// <summary>What a failed call says of the workspace, credential or space, and what to do about it.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="spaceId">The space that was called; <see langword="null"/> for none.</param>
    internal GenieLoadException Explain(ApiException e, string? spaceId)
    {
        string host = client.Workspace.Authority;
        return HttpErrors.OfAnother(host, e) ?? e.Failure switch
        {
            // There was no token to show: that error says why, and what to do.
            { Exception: GenieLoadException own } => own,
            { TokenRefused: true } => GenieErrors.WorkspaceRefusedToken(host, e),
            { HttpStatus: 403 } => GenieErrors.AccessDenied(host, spaceId is null ? "its Genie spaces" : $"space '{spaceId}'", e),
            // A workspace answers 400 to an id that is not one of its own form.
            { HttpStatus: 404 or 400 } when spaceId is not null => GenieErrors.SpaceNotFound(spaceId, host, e),
            { Kind: FailureKind.Throttled } => GenieErrors.WorkspaceThrottled(host, e),
            { Kind: FailureKind.Transport,
                ErrorType: not (AnswerFault.Malformed or AnswerFault.Large) } or { Kind: FailureKind.Unavailable } =>
                GenieErrors.WorkspaceUnreachable(host, e),
            _ => GenieErrors.UnexpectedAnswer(host, e),
        };
    }

    private static Space ToModel(GenieSpace space, string? spaceId = null) => SeenSpace.Redact(new Space
    {
        SpaceId = ServiceId.OrNull(space.SpaceId) ?? spaceId ?? space.SpaceId ?? "",
        Title = space.Title,
        Description = space.Description,
        WarehouseId = space.WarehouseId,
    });

    private CallPolicy ShortPolicy() => new(new SeededRandom((ulong)client.Time.GetTimestamp()))
    {
        Deadline = client.Time.GetTimestamp() + (LongestExtraSeconds * client.Time.TimestampFrequency),
    };

    // A person is waiting: seconds, not the minutes a question may take.
    private CallPolicy Policy() => new(new SeededRandom((ulong)client.Time.GetTimestamp()))
    {
        IsWaitedFor = true,
        Deadline = client.Time.GetTimestamp() + (20 * client.Time.TimestampFrequency),
    };
}
