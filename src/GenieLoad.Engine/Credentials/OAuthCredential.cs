using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Credentials;

/// <summary>A Databricks service principal: OAuth with client id and secret (<c>client_credentials</c>).</summary>
public sealed class OAuthCredential : RenewableCredential
{
    // Where workspaces and accounts of Databricks are served; the token endpoint of one may lie on another of them.
    private static readonly string[] ServiceDomains =
        [".databricks.com", ".azuredatabricks.net", ".databricks.azure.us", ".databricks.azure.cn", ".databricks.us", ".databricks.mil"];

    private readonly Uri _workspace;
    private readonly string _clientId;
    private readonly string _clientSecret;
    private readonly TokenEndpoint _endpoint;
    private Uri? _address;

    /// <summary>A credential of a service principal.</summary>
    /// <param name="workspace">Address of the workspace.</param>
    /// <param name="clientId">Its application id.</param>
    /// <param name="clientSecret">Its secret.</param>
    /// <param name="origin">Where they came from.</param>
    /// <param name="context">Way and clock.</param>
    public OAuthCredential(Uri workspace, string clientId, string clientSecret, string origin, CredentialContext context)
        : base($"OAuth client {clientId} ({origin})", context.Time)
    {
        _workspace = workspace;
        _clientId = clientId;
        _clientSecret = clientSecret;
        _endpoint = new TokenEndpoint(context, Description);
    }

    /// <inheritdoc/>
    public override string Kind => AuthType.OAuthM2M;

    /// <inheritdoc/>
    protected override async Task<IssuedToken> FetchAsync(CancellationToken cancellationToken)
    {
        _address ??= await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        return await _endpoint.GetTokenAsync(Request(_address), _clientSecret, maximumRetries: 5, cancellationToken)
            .ConfigureAwait(false);
    }

    private HttpCall Request(Uri address)
    {
        string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_clientId}:{_clientSecret}"));
        return TokenEndpoint.Call(HttpMethod.Post, address) with
        {
            Content = () => new FormUrlEncodedContent(
                new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "all-apis" }),
            Headers = [KeyValuePair.Create("Authorization", $"Basic {pair}")],
        };
    }

    /// <summary>Asks the workspace where its tokens are issued; one that does not say does so at the usual place.</summary>
    private async Task<Uri> DiscoverAsync(CancellationToken cancellationToken)
    {
        var discovery = new Uri(_workspace, "/oidc/.well-known/oauth-authorization-server");
        Uri usual = new(_workspace, "/oidc/v1/token");
        ReadOnlyMemory<byte> body;
        try
        {
            body = await _endpoint.GetAsync(TokenEndpoint.Call(HttpMethod.Get, discovery), null, maximumRetries: 5, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Failure.Kind == FailureKind.Rejected)
        {
            return usual;
        }
        catch (ApiException e)
        {
            throw CredentialErrors.TokenServiceUnreachable(Description, _workspace.Authority, e);
        }
        return EndpointIn(body) is not string text ? usual
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && IsSafe(address) ? address
            : throw CredentialErrors.UnsafeTokenEndpoint(Logging.Redactor.WithoutQuery(text), _workspace.Authority);
    }

    private static string? EndpointIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("token_endpoint", out JsonElement endpoint)
                    && endpoint.ValueKind == JsonValueKind.String
                ? endpoint.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The secret goes only to the workspace itself or, by https, to another host of the same service.</summary>
    private bool IsSafe(Uri address)
    {
        if (address.Scheme == _workspace.Scheme && address.Authority == _workspace.Authority)
            return true;
        return address.Scheme == Uri.UriSchemeHttps
            && Array.Exists(ServiceDomains, domain =>
                address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
                    && _workspace.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
    }
}
