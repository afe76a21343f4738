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

    /// <summary>The space that applies.</summary>
    /// <param name="given">From a parameter.</param>
    /// <exception cref="GenieLoadException"><c>NotConnected</c>, <c>NoSpace</c>.</exception>
    private protected string SpaceFor(string? given) =>
        given ?? (Connection ?? OpenConnections.Current ?? throw ConnectionErrors.NotConnected()).SpaceId ?? throw ConnectionErrors.NoSpace();

    /// <summary>A way to the workspace, for one piece of work.</summary>
    /// <param name="options">How to talk to it.</param>
    /// <param name="log">Where events go.</param>
    /// <exception cref="GenieLoadException"><c>NotConnected</c>, <c>ConnectionClosed</c>, <c>InvalidOption</c>.</exception>
    private protected GenieApiClient OpenClient(GenieClientOptions options, params ILogSink[] log)
    {
        WorkspaceAccess access = OpenConnections.Access(Connection);
        return new GenieApiClient(access.Workspace, access.Credential, options, TimeProvider.System, new EngineLog(TimeProvider.System, log));
    }
}
