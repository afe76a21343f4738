using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The spaces of a run, under the names that its rows carry.</summary>
internal static class RunSpaces
{
    /// <summary>Finds the space of each connection.</summary>
    /// <param name="run">The run.</param>
    /// <param name="connections">Connections to its workspaces.</param>
    /// <exception cref="GenieLoadException"><c>NotOfThisRun</c>, <c>OtherWorkspace</c>.</exception>
    public static IReadOnlyList<SessionSpace> Of(LoadRun run, IReadOnlyList<Connection> connections)
    {
        RunConnection[] known = run.Connections.Count > 0
            ? [.. run.Connections]
            : [new RunConnection { Name = run.SpaceId, WorkspaceUrl = run.WorkspaceUrl, SpaceId = run.SpaceId }];
        // One connection can only be the run's only one, whatever its name.
        IEnumerable<string> names = connections.Count == 1 && known.Length == 1
            ? [known[0].Name]
            : RunConnections.Of(connections).Select(connection => connection.Name);
        return
        [
            .. connections.Zip(names, (connection, name) =>
            {
                RunConnection planned = Array.Find(known, one => one.Name == name) ?? throw SessionsErrors.NotOfThisRun(run, name);
                return string.Equals(connection.WorkspaceUrl, planned.WorkspaceUrl, StringComparison.OrdinalIgnoreCase)
                    ? new SessionSpace(connection, planned.SpaceId, planned)
                    : throw SessionsErrors.OtherWorkspace(run, connection.WorkspaceUrl);
            }),
        ];
    }
}
