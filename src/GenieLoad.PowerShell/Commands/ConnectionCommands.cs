using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the session's current connection.</summary>
[Cmdlet(VerbsCommon.Get, "GenieConnection")]
[OutputType(typeof(Connection))]
public sealed class GetGenieConnectionCommand : GenieCmdlet
{
    /// <inheritdoc/>
    protected override void Process()
    {
        if (OpenConnections.Current is Connection connection)
            WriteObject(connection);
    }
}

/// <summary>Closes a connection and forgets its credential.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Genie")]
[OutputType(typeof(void))]
public sealed class DisconnectGenieCommand : GenieCmdlet
{
    /// <summary>Connection to close; the session's current one by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, HelpMessage = "Connection to close; the session's current one by default.")]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        // Closing what is closed is done: a clean-up step must not fail.
        if ((Connection ?? OpenConnections.Current) is Connection connection)
            OpenConnections.Remove(connection);
    }
}
