using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Credentials;

/// <summary>
/// The managed identity of the Azure machine or service it runs on: of App Service, Functions, Container Apps and Automation, which name
/// their endpoint in <c>IDENTITY_ENDPOINT</c>; else of the virtual machine.
/// </summary>
public sealed class ManagedIdentityCredential : RenewableCredential
{
    private const string VirtualMachine = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01";

    private readonly CredentialContext _context;
    private readonly string? _clientId;
    private readonly TokenEndpoint _endpoint;

    /// <summary>A credential of a managed identity.</summary>
    /// <param name="clientId">Client id of a user-assigned identity; <see langword="null"/> for the system-assigned one.</param>
    /// <param name="origin">What asked for it.</param>
    /// <param name="context">Way, clock and environment.</param>
    public ManagedIdentityCredential(string? clientId, string origin, CredentialContext context)
        : base(clientId is null ? $"Managed identity ({origin})" : $"Managed identity {clientId} ({origin})", context.Time)
    {
        _context = context;
        _clientId = clientId;
        _endpoint = new TokenEndpoint(context, Description);
    }

    /// <inheritdoc/>
    public override string Kind => AuthType.AzureMsi;

    /// <inheritdoc/>
    protected override Task<IssuedToken> FetchAsync(CancellationToken cancellationToken)
    {
        string? service = _context.Variable("IDENTITY_ENDPOINT");
        string? header = _context.Variable("IDENTITY_HEADER");
        Uri address = service is not null && header is not null ? ServiceAddress(service) : Address(VirtualMachine);
        List<KeyValuePair<string, string>> headers = [KeyValuePair.Create("Metadata", "true")];
        if (service is not null && header is not null)
            headers.Add(KeyValuePair.Create("X-IDENTITY-HEADER", header));
        HttpCall call = TokenEndpoint.Call(HttpMethod.Get, address) with { Headers = headers };
        return _endpoint.GetTokenAsync(call, header, maximumRetries: 3, cancellationToken);
    }

    private Uri ServiceAddress(string endpoint)
    {
        // Automation's endpoint takes no version.
        bool isAutomation = _context.Variable("AUTOMATION_ASSET_ACCOUNTID") is not null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || !IsNear(uri))
            throw CredentialErrors.InvalidCredentialValue("IDENTITY_ENDPOINT", "it is neither https nor an address of this machine");
        return Address(isAutomation ? endpoint : With(endpoint, "api-version=2019-08-01"));
    }

    private Uri Address(string endpoint)
    {
        string address = With(endpoint, $"resource={AzureAccount.DatabricksResource}");
        return new Uri(_clientId is null ? address : With(address, $"client_id={Uri.EscapeDataString(_clientId)}"));
    }

    private static string With(string address, string parameter) =>
        address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + parameter;

    /// <summary>Azure serves its endpoints by plain http, on this machine or on an address that no router forwards.</summary>
    private static bool IsNear(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (WorkspaceAddress.IsLoopback(uri) || WorkspaceAddress.IsLinkLocal(uri)));
}
