using System.Management.Automation;
using System.Net;
using System.Security;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Connects the session to a Databricks workspace and one of its Genie spaces, and checks that both can be used.</summary>
[Cmdlet(VerbsCommunications.Connect, "Genie", DefaultParameterSetName = "Workspace")]
[OutputType(typeof(Connection))]
public sealed class ConnectGenieCommand : GenieCmdlet
{
    /// <summary>Address of the workspace.</summary>
    [Parameter(Position = 0, ParameterSetName = "Workspace", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Address of the workspace, such as https://adb-1234567890123456.7.azuredatabricks.net. "
            + "Default: DATABRICKS_HOST or a profile.")]
    [Alias("Host", "ApiRootUrl")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkspaceUrlCompleter))]
    public string? WorkspaceUrl { get; set; }

    /// <summary>Id of the Genie space ("agent" in the newest user interface).</summary>
    [Parameter(Position = 1, ParameterSetName = "Workspace", ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the Genie space, or the address of its page. Default: GENIE_SPACE_ID.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string? SpaceId { get; set; }

    /// <summary>Access token.</summary>
    [Parameter(ParameterSetName = "Workspace", HelpMessage = "Access token as a SecureString. Default: DATABRICKS_TOKEN or a profile.")]
    [Alias("AccessToken")]
    [SecretTransformation("DATABRICKS_TOKEN")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public SecureString? Token { get; set; }

    /// <summary>Profile of the <c>.databrickscfg</c> file.</summary>
    [Parameter(ParameterSetName = "Workspace", HelpMessage = "Profile in .databrickscfg with the host and credential.")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>Client id of a service principal.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Client id of a service principal; with AuthType azure-msi, of a user-assigned identity. "
            + "Default: DATABRICKS_CLIENT_ID or a profile.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ClientId { get; set; }

    /// <summary>Secret of a service principal.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Secret of a service principal as a SecureString. Default: DATABRICKS_CLIENT_SECRET or a profile.")]
    [SecretTransformation("DATABRICKS_CLIENT_SECRET")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Client id and secret of a service principal.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Client id (as user name) and secret (as password) of a service principal, instead of ClientId and ClientSecret.")]
    [Credential]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public PSCredential? Credential { get; set; }

    /// <summary>Azure tenant.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Azure tenant of the service principal or of the az login; ClientId is then that of an Azure service principal. "
            + "Default: ARM_TENANT_ID or the workspace's tenant.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? TenantId { get; set; }

    /// <summary>Kind of credential.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Kind of credential, if other parameters do not determine it: pat, oauth-m2m, azure-msi, azure-client-secret, "
            + "azure-cli, databricks-cli.")]
    [ArgumentCompleter(typeof(AuthTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AuthType { get; set; }

    /// <summary>Script that returns a token.</summary>
    [Parameter(ParameterSetName = "Workspace",
        HelpMessage = "Script block that returns a token: a string, a SecureString, or the output of Get-AzAccessToken. It runs again "
            + "before the token expires.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TokenProviderCompleter))]
    public ScriptBlock? TokenProvider { get; set; }

    /// <summary>Name of the connection.</summary>
    [Parameter(HelpMessage = "Name of the connection. In tests with several connections, each row shows it.")]
    [ValidateLength(1, 100)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Simulator to connect to instead of a workspace.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Simulator", ValueFromPipeline = true,
        HelpMessage = "Simulator from Start-GenieSimulator to connect to, or its id.")]
    [SimulatorTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SimulatorCompleter))]
    public Simulator? Simulator { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        (Uri workspace, ICredential credential) = Simulator is null
            ? new CredentialResolver(new CredentialContext()).Resolve(Input())
            : (WorkspaceAddress.Parse(Simulator.Uri), TokenCredential.Create(Simulator.Token, "Simulator"));
        string? space = Simulator is null ? Space() is string given ? SpaceAddress.IdOf(given, workspace) : null : Simulator.SpaceId;
        Connection connection = Run(async (channel, stop) =>
        {
            using var client = new GenieApiClient(
                workspace, credential, GenieClientOptions.WhileSomebodyWaits, TimeProvider.System,
                new EngineLog(TimeProvider.System, channel.Log));
            return await new GenieConnector(client).CheckAsync(space, Simulator is not null, stop, Name, seesWarehouse: true)
                .ConfigureAwait(false);
        });
        OpenConnections.Add(connection, workspace, credential);
        WriteObject(connection);
    }

    /// <summary>What is given as the space: whoever copies the address of its page into WorkspaceUrl has named it too.</summary>
    private string? Space() =>
        SpaceId ?? (SpaceAddress.WorkspaceOf(WorkspaceUrl) is null ? VariableText.Read("GENIE_SPACE_ID") : WorkspaceUrl);

    private CredentialInput Input()
    {
        // Each pair says the same thing in two ways, or two things at once.
        if (Credential is not null && (ClientId ?? (object?)ClientSecret) is not null)
            throw ConnectionErrors.GivenTwice(nameof(Credential), ClientId is null ? nameof(ClientSecret) : nameof(ClientId));
        if (TokenProvider is not null && (Token ?? (object?)ClientId ?? ClientSecret ?? Credential ?? (object?)AuthType) is not null)
            throw ConnectionErrors.GivenTwice(nameof(TokenProvider), "another credential");
        return new CredentialInput
        {
            WorkspaceUrl = WorkspaceUrl,
            OtherwiseWorkspaceUrl = SpaceAddress.WorkspaceOf(Space()) is Uri own ? WorkspaceAddress.ToText(own) : null,
            Token = Plain(Token),
            Profile = Profile,
            ClientId = ClientId ?? Credential?.UserName,
            ClientSecret = Plain(ClientSecret ?? Credential?.Password),
            TenantId = TenantId,
            AuthType = AuthType,
            TokenProvider = TokenProvider is null ? null : new TokenScript(TokenProvider).GetTokenAsync,
        };
    }

    private static string? Plain(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;
}
