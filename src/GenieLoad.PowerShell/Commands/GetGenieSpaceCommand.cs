using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the Genie spaces that the connection's credential can see.</summary>
[Cmdlet(VerbsCommon.Get, "GenieSpace")]
[OutputType(typeof(Space))]
public sealed class GetGenieSpaceCommand : ConnectedCmdlet
{
    /// <summary>Spaces to get; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the spaces to get, or the addresses of their pages. Default: all spaces.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string[] SpaceId { get; set; } = [];

    /// <summary>Title of the spaces to get, with wildcards.</summary>
    [Parameter(HelpMessage = "Title of the spaces to get; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Title { get; set; } = "*";

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        Connection connection = ConnectedTo(Connection);
        // No id means all spaces.
        foreach (string? spaceId in SpaceId.DefaultIfEmpty())
        {
            Attempt(() =>
            {
                string? id = spaceId is null ? null : AskedSpace.Of(spaceId, connection);
                Run((channel, stop) => WriteSpacesAsync(connection, id, channel, stop));
            });
        }
    }

    private async Task WriteSpacesAsync(Connection connection, string? spaceId, ICmdletChannel channel, CancellationToken stop)
    {
        using GenieApiClient client = OpenClient(connection, GenieClientOptions.WhileSomebodyWaits, channel.Log);
        var connector = new GenieConnector(client);
        var title = new WildcardPattern(Title, WildcardOptions.IgnoreCase);
        await foreach (Space space in connector.GetSpacesAsync(spaceId, stop).ConfigureAwait(false))
        {
            if (title.IsMatch(space.Title ?? ""))
                await channel.WriteAsync(space).ConfigureAwait(false);
        }
    }
}
