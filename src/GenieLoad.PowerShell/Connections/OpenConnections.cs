using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Connections;

/// <summary>
/// The connections of this process. A <see cref="Connection"/> holds no secret, so what opens the workspace is kept here, as long as
/// somebody holds the connection. Each runspace has a current one of its own.
/// </summary>
internal static class OpenConnections
{
    private static readonly ConditionalWeakTable<Connection, WorkspaceAccess> Accesses = [];
    private static readonly ConditionalWeakTable<Runspace, CurrentConnection> Currents = [];

    /// <summary>Keeps a connection and makes it the runspace's current one.</summary>
    public static void Add(Connection connection, Uri workspace, ICredential credential)
    {
        Accesses.Add(connection, new WorkspaceAccess(workspace, credential));
        Currents.AddOrUpdate(Runspace.DefaultRunspace, new CurrentConnection(connection));
    }

    /// <summary>The current connection of the runspace whose thread this is.</summary>
    public static Connection? Current =>
        Currents.TryGetValue(Runspace.DefaultRunspace, out CurrentConnection? current) ? current.Connection : null;

    /// <summary>Forgets a connection and what opens its workspace.</summary>
    public static void Remove(Connection connection)
    {
        Accesses.Remove(connection);
        if (Current == connection)
            Currents.Remove(Runspace.DefaultRunspace);
    }

    /// <summary>What opens the workspace of a connection.</summary>
    /// <exception cref="GenieLoadException"><c>ConnectionClosed</c>.</exception>
    public static WorkspaceAccess Access(Connection connection) =>
        Accesses.TryGetValue(connection, out WorkspaceAccess? access) ? access : throw ConnectionErrors.ConnectionClosed(connection);

    private sealed record CurrentConnection(Connection Connection);
}

/// <summary>What opens a workspace.</summary>
/// <param name="Workspace">Its address.</param>
/// <param name="Credential">What to show it.</param>
internal sealed record WorkspaceAccess(Uri Workspace, ICredential Credential);
