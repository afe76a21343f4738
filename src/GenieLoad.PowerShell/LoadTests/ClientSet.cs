using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>The ways to the workspaces of one load test, each with a credential and HTTP connections of its own.</summary>
internal sealed class ClientSet : IDisposable
{
    private readonly List<GenieApiClient> _clients = [];

    /// <summary>Opens them; when one cannot be opened, none is.</summary>
    public ClientSet(IEnumerable<GenieApiClient> clients)
    {
        try
        {
            foreach (GenieApiClient client in clients)
                _clients.Add(client);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says at once what is wrong with a workspace, credential or space, and opens the first HTTP connection of each outside the measured
    /// time.
    /// </summary>
    /// <param name="connections">The connections, in the order of the clients.</param>
    /// <param name="spaces">The space to ask on each.</param>
    /// <param name="named">The connections as the plan knows them; <see langword="null"/> where it names none.</param>
    /// <param name="stop">Ends it at once.</param>
    public async Task<IReadOnlyList<RunTarget>> CheckAsync(
        Connection[] connections, string[] spaces, IReadOnlyList<RunConnection>? named, CancellationToken stop)
    {
        List<RunTarget> targets = [];
        for (int i = 0; i < connections.Length; i++)
        {
            Connection found = await new GenieConnector(_clients[i])
                .CheckAsync(spaces[i], connections[i].IsSimulator, stop, connections[i].Name).ConfigureAwait(false);
            targets.Add(new RunTarget(named?[i] ?? RunConnections.Of([found])[0], _clients[i]));
        }
        return targets;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
