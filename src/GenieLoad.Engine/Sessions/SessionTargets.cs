using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The ways to the spaces of one session, each with a credential and HTTP connections of its own.</summary>
internal sealed class SessionTargets : IDisposable
{
    private readonly IReadOnlyList<SessionSpace> _spaces;
    private readonly List<GenieApiClient> _clients = [];

    /// <summary>Opens them; when one cannot be opened, none is.</summary>
    public SessionTargets(IReadOnlyList<SessionSpace> spaces, Func<Connection, GenieApiClient> open)
    {
        _spaces = spaces;
        try
        {
            foreach (SessionSpace space in spaces)
                _clients.Add(open(space.Connection));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says at once what is wrong with a workspace, credential or space, and opens the first HTTP connection of each outside the measured
    /// time. Looks at the warehouse of each space, where it may.
    /// </summary>
    public async Task<IReadOnlyList<RunTarget>> CheckAsync(CancellationToken stop)
    {
        List<RunTarget> targets = [];
        foreach ((SessionSpace space, GenieApiClient client) in _spaces.Zip(_clients))
        {
            var connector = new GenieConnector(client);
            Connection found = await connector
                .CheckAsync(space.SpaceId, space.Connection.IsSimulator, stop, space.Connection.Name).ConfigureAwait(false);
            RunConnection named = space.Named ?? RunConnections.Of([found])[0];
            named = await connector.WithWarehouseAsync(named, found.WarehouseId, stop).ConfigureAwait(false);
            named = await connector.WithFingerprintAsync(named, stop).ConfigureAwait(false);
            targets.Add(new RunTarget(named, client));
        }
        return targets;
    }

    /// <summary>The ways as they are, without a look at the spaces; each space has its name in a run.</summary>
    public IReadOnlyList<RunTarget> Unchecked => [.. _spaces.Zip(_clients, (space, client) => new RunTarget(space.Named!, client))];

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
