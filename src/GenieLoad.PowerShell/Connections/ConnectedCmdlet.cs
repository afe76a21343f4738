using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Connections;

/// <summary>A cmdlet that talks to a workspace.</summary>
public abstract class ConnectedCmdlet : GenieCmdlet
{
    /// <summary>
    /// The connection that applies. On the pipeline's thread only: which one is current depends on the runspace.
    /// </summary>
    /// <param name="given">The one that was given; <see langword="null"/> for the session's current one.</param>
    /// <exception cref="GenieLoadException"><c>NotConnected</c>.</exception>
    private protected static Connection ConnectedTo(Connection? given) =>
        given ?? OpenConnections.Current ?? throw ConnectionErrors.NotConnected(OpenConnections.All);

    /// <summary>A way to the workspace of a connection, for one piece of work.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to talk to it.</param>
    /// <param name="log">Where events go.</param>
    /// <exception cref="GenieLoadException"><c>ConnectionClosed</c>, <c>InvalidOption</c>.</exception>
    private protected static GenieApiClient OpenClient(Connection connection, GenieClientOptions options, params ILogSink[] log) =>
        OpenClient(connection, options, TimeProvider.System, log);

    /// <summary>As above, with a clock for its waits.</summary>
    private protected static GenieApiClient OpenClient(
        Connection connection, GenieClientOptions options, TimeProvider time, params ILogSink[] log)
    {
        WorkspaceAccess access = OpenConnections.Access(connection);
        return new GenieApiClient(access.Workspace, access.Credential, options, time, new EngineLog(TimeProvider.System, log));
    }
}
