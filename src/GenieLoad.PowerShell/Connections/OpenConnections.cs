using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Connections;

/// <summary>
/// The connections of this process. A <see cref="Connection"/> holds no secret, so what opens the workspace is kept here, as long as
/// somebody holds the connection. Each runspace knows those that were made in it, until they are closed, and has a current one.
/// </summary>
internal static class OpenConnections
{
    private static readonly ConditionalWeakTable<Connection, WorkspaceAccess> Accesses = [];
    private static readonly ConditionalWeakTable<Runspace, List<Connection>> Lists = [];

    /// <summary>
    /// Keeps a connection and makes it the runspace's current one. It takes the place of an earlier one of the same name, and without a
    /// name of an earlier one to the same space, so that a script that connects again and again does not gather them.
    /// </summary>
    public static void Add(Connection connection, Uri workspace, ICredential credential)
    {
        Accesses.Add(connection, new WorkspaceAccess(workspace, credential));
        foreach (Connection other in Own)
            other.IsCurrent = false;
        Own.RemoveAll(other => IsSame(other, connection));
        connection.IsCurrent = true;
        Own.Add(connection);
    }

    /// <summary>The connections made in the runspace whose thread this is and not closed since, the current one first.</summary>
    public static IReadOnlyList<Connection> All => [.. Own.OrderByDescending(connection => connection.IsCurrent)];

    /// <summary>The current connection of the runspace whose thread this is.</summary>
    public static Connection? Current => Own.Find(connection => connection.IsCurrent);

    /// <summary>The connection of a name; upper and lower case are alike.</summary>
    /// <exception cref="GenieLoadException"><c>ConnectionNotFound</c>.</exception>
    public static Connection Find(string name) =>
        Own.Find(connection => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw ConnectionErrors.ConnectionNotFound(name, Own.Select(connection => connection.Name));

    /// <summary>Makes a connection of the runspace its current one.</summary>
    /// <exception cref="GenieLoadException"><c>ConnectionClosed</c>: it is closed, or another runspace's.</exception>
    public static void Select(Connection connection)
    {
        if (!Own.Contains(connection))
            throw ConnectionErrors.ConnectionClosed(connection);
        foreach (Connection other in Own)
            other.IsCurrent = other == connection;
    }

    /// <summary>Forgets a connection and what opens its workspace.</summary>
    public static void Remove(Connection connection)
    {
        Accesses.Remove(connection);
        if (Own.Remove(connection))
            connection.IsCurrent = false;
    }

    /// <summary>What opens the workspace of a connection.</summary>
    /// <exception cref="GenieLoadException"><c>ConnectionClosed</c>.</exception>
    public static WorkspaceAccess Access(Connection connection) =>
        Accesses.TryGetValue(connection, out WorkspaceAccess? access) ? access : throw ConnectionErrors.ConnectionClosed(connection);

    private static List<Connection> Own => Lists.GetOrCreateValue(Runspace.DefaultRunspace);

    private static bool IsSame(Connection one, Connection other) => one.Name is null && other.Name is null
        ? one.WorkspaceUrl == other.WorkspaceUrl && one.SpaceId == other.SpaceId
        : string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What opens a workspace.</summary>
/// <param name="Workspace">Its address.</param>
/// <param name="Credential">What to show it.</param>
internal sealed record WorkspaceAccess(Uri Workspace, ICredential Credential);
