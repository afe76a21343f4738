using System.Management.Automation;
using System.Net;
using System.Security;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Connects the session to a Databricks workspace and one of its Genie spaces, and checks that both can be used.</summary>
[Cmdlet(VerbsCommunications.Connect, "Genie", DefaultParameterSetName = "Workspace")]
[OutputType(typeof(Connection))]
public sealed class ConnectGenieCommand : GenieCmdlet
{
    /// <summary>Address of the workspace.</summary>
    [Parameter(Position = 0, ParameterSetName = "Workspace", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Address of the workspace, such as https://adb-1234567890123456.7.azuredatabricks.net. Else DATABRICKS_HOST or a profile.")]
    [Alias("Host", "ApiRootUrl")]
    [ValidateNotNullOrEmpty]
    public string? WorkspaceUrl { get; set; }

    /// <summary>Id of the Genie space ("agent" in the newest user interface).</summary>
    [Parameter(Position = 1, ParameterSetName = "Workspace", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the Genie space. Else GENIE_SPACE_ID.")]
    [Alias("AgentId")]
    [ValidateNotNullOrEmpty]
    public string? SpaceId { get; set; }

    /// <summary>Access token.</summary>
    [Parameter(ParameterSetName = "Workspace", HelpMessage = "Access token as a SecureString. Else DATABRICKS_TOKEN or a profile.")]
    [Alias("AccessToken")]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Profile of the <c>.databrickscfg</c> file.</summary>
    [Parameter(ParameterSetName = "Workspace", HelpMessage = "Profile of the .databrickscfg file that holds host and token.")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>Simulator to connect to instead of a workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Simulator", ValueFromPipeline = true,
        HelpMessage = "Simulator to connect to, as Start-GenieSimulator returns it.")]
    [ValidateNotNull]
    public Simulator? Simulator { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        (Uri workspace, ICredential credential) = Simulator is null
            ? new CredentialResolver(Environment.GetEnvironmentVariable).Resolve(WorkspaceUrl, Plain(Token), Profile)
            : (WorkspaceAddress.Parse(Simulator.Uri), TokenCredential.Create(Simulator.Token, "Simulator"));
        string? space = Simulator is null ? SpaceId ?? FromEnvironment("GENIE_SPACE_ID") : Simulator.SpaceId;
        Connection connection = Run(async (channel, stop) =>
        {
            using var client = new GenieApiClient(
                workspace, credential, GenieClientOptions.WhileSomebodyWaits, TimeProvider.System, new EngineLog(TimeProvider.System, channel.Log));
            return await new GenieConnector(client).CheckAsync(space, Simulator is not null, stop).ConfigureAwait(false);
        });
        OpenConnections.Add(connection, workspace, credential);
        WriteObject(connection);
    }

    private static string? Plain(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
