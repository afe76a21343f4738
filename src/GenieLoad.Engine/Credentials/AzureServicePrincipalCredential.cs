using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Credentials;

/// <summary>A service principal of Azure: client id, secret and tenant.</summary>
public sealed class AzureServicePrincipalCredential : RenewableCredential
{
    private readonly Uri _workspace;
    private readonly string _clientId;
    private readonly string _clientSecret;
    private readonly Uri _authority;
    private readonly TokenEndpoint _endpoint;
    private string? _tenant;

    /// <summary>A credential of a service principal.</summary>
    /// <param name="workspace">Address of the workspace.</param>
    /// <param name="clientId">Its application id.</param>
    /// <param name="clientSecret">Its secret.</param>
    /// <param name="tenant">Its tenant; <see langword="null"/> to ask the workspace.</param>
    /// <param name="origin">Where they came from.</param>
    /// <param name="context">Way, clock and environment.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidCredentialValue</c>.</exception>
    public AzureServicePrincipalCredential(
        Uri workspace, string clientId, string clientSecret, string? tenant, string origin, CredentialContext context)
        : base($"Azure client {clientId} ({origin})", context.Time)
    {
        _workspace = workspace;
        _clientId = clientId;
        _clientSecret = clientSecret;
        _tenant = AzureAccount.CheckedTenant(tenant);
        _authority = AzureAccount.Authority(workspace, context.Variable("ARM_ENVIRONMENT"));
        _endpoint = new TokenEndpoint(context, Description);
    }

    /// <inheritdoc/>
    public override string Kind => AuthType.AzureClientSecret;

    /// <inheritdoc/>
    protected override async Task<IssuedToken> FetchAsync(CancellationToken cancellationToken)
    {
        _tenant ??= await FindTenantAsync(cancellationToken).ConfigureAwait(false);
        var address = new Uri(_authority, $"/{_tenant}/oauth2/token");
        HttpCall call = TokenEndpoint.Call(HttpMethod.Post, address) with
        {
            Content = () => new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = _clientId,
                ["client_secret"] = _clientSecret,
                ["resource"] = AzureAccount.DatabricksResource,
            }),
        };
        return await _endpoint.GetTokenAsync(call, _clientSecret, maximumRetries: 5, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The workspace's login page redirects to its tenant; the tenant is read off the address and nothing is followed.</summary>
    private async Task<string> FindTenantAsync(CancellationToken cancellationToken)
    {
        Uri? login = await _endpoint.RedirectOfAsync(new Uri(_workspace, "/aad/auth"), cancellationToken).ConfigureAwait(false);
        string? tenant = login is { IsAbsoluteUri: true } && login.Segments.Length > 1 ? login.Segments[1].TrimEnd('/') : null;
        return string.IsNullOrEmpty(tenant)
            ? throw CredentialErrors.TenantNotFound(_workspace.Authority)
            : AzureAccount.CheckedTenant(tenant)!;
    }
}
