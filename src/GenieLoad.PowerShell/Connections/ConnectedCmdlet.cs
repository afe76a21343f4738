using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.PowerShell;

/// <summary>A cmdlet that talks to a workspace.</summary>
public abstract class ConnectedCmdlet : GenieCmdlet
{
    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use; the session's current one by default.")]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>
    /// The connection that applies. On the pipeline's thread only: which one is current depends on the runspace.
    /// </summary>
    /// <exception cref="GenieLoadException"><c>NotConnected</c>.</exception>
    private protected Connection Connected => Connection ?? OpenConnections.Current ?? throw ConnectionErrors.NotConnected();

    /// <summary>A way to the workspace of a connection, for one piece of work.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to talk to it.</param>
    /// <param name="log">Where events go.</param>
    /// <exception cref="GenieLoadException"><c>ConnectionClosed</c>, <c>InvalidOption</c>.</exception>
    private protected static GenieApiClient OpenClient(Connection connection, GenieClientOptions options, params ILogSink[] log)
    {
        WorkspaceAccess access = OpenConnections.Access(connection);
        return new GenieApiClient(access.Workspace, access.Credential, options, TimeProvider.System, new EngineLog(TimeProvider.System, log));
    }
}
