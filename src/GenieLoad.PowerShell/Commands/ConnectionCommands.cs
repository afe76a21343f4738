using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the session's connections.</summary>
[Cmdlet(VerbsCommon.Get, "GenieConnection")]
[OutputType(typeof(Connection))]
public sealed class GetGenieConnectionCommand : GenieCmdlet
{
    /// <summary>Names of the connections to get; all by default.</summary>
    [Parameter(Position = 0,
        HelpMessage = "Names of the connections to get; wildcards are allowed. Default: all, the current one first.")]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Gets the current connection only.</summary>
    [Parameter(HelpMessage = "Get only the current connection, which cmdlets use by default.")]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        IReadOnlyList<Connection> all = OpenConnections.All;
        // An unnamed connection has no name to ask for, but is one of all.
        foreach (string name in Name.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)))
            Attempt(() => OpenConnections.Find(name));
        WildcardPattern[] patterns = [.. Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        foreach (Connection connection in all)
        {
            if (Array.Exists(patterns, pattern => pattern.IsMatch(connection.Name ?? "")) && (connection.IsCurrent || !Current))
                WriteObject(connection);
        }
    }
}

/// <summary>Closes a connection and forgets its credential.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Genie")]
[OutputType(typeof(void))]
public sealed class DisconnectGenieCommand : GenieCmdlet
{
    /// <summary>Connection to close; the session's current one by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "Connection to close, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
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

/// <summary>Makes a connection the session's current one.</summary>
[Cmdlet(VerbsCommon.Select, "GenieConnection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Connection))]
public sealed class SelectGenieConnectionCommand : GenieCmdlet
{
    private const string NameSet = "Name";
    private const string ConnectionSet = "Connection";

    /// <summary>Name of the connection.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = NameSet,
        HelpMessage = "Name of the connection, as set with Connect-Genie -Name.")]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The connection itself, which needs no name.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = ConnectionSet, ValueFromPipeline = true,
        HelpMessage = "Connection from Connect-Genie or Get-GenieConnection.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter(HelpMessage = "Write the connection.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        Connection connection = Connection ?? OpenConnections.Find(Name);
        OpenConnections.Select(connection);
        if (PassThru)
            WriteObject(connection);
    }
}
