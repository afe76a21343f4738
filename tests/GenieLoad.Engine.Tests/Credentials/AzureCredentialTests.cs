using System.Net;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed class AzureCredentialTests
{
    private const string Resource = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
    private static readonly Uri Workspace = WorkspaceAddress.Parse("adb-1.2.azuredatabricks.net");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _environment = [];
    private readonly TokenIssuers _issuers;

    // Azure writes its numbers as texts.
    public AzureCredentialTests() => _issuers = new TokenIssuers(request =>
    {
        if (request.RequestUri!.AbsolutePath != "/aad/auth")
            return TokenIssuers.Json("""{"access_token":"issued","expires_in":"3599","expires_on":"1795442399","token_type":"Bearer"}""");
        var redirect = new HttpResponseMessage(HttpStatusCode.Found);
        redirect.Headers.Location = new Uri("https://login.microsoftonline.com/11112222-aaaa/oauth2/authorize?client_id=x");
        return redirect;
    });

    [Theory]
    [InlineData(null, "https://login.microsoftonline.com")]
    [InlineData("usgovernment", "https://login.microsoftonline.us")]
    [InlineData("china", "https://login.chinacloudapi.cn")]
    public async Task A_service_principal_asks_its_tenant_for_the_resource_of_Databricks(string? cloud, string authority)
    {
        if (cloud is not null)
            _environment["ARM_ENVIRONMENT"] = cloud;

        await Token(new AzureServicePrincipalCredential(Workspace, "client", "very secret&", "contoso.com", "test", Context));

        SentRequest sent = Assert.Single(_issuers.Sent);
        Assert.Equal($"POST {authority}/contoso.com/oauth2/token", sent.Line);
        Assert.Equal($"grant_type=client_credentials&client_id=client&client_secret=very+secret%26&resource={Resource}", sent.Body);
    }

    [Fact]
    public async Task Without_a_tenant_the_workspace_is_asked_for_it_and_nothing_is_followed()
    {
        await Token(new AzureServicePrincipalCredential(Workspace, "client", "secret", null, "test", Context));

        Assert.Equal(
            ["GET https://adb-1.2.azuredatabricks.net/aad/auth", "POST https://login.microsoftonline.com/11112222-aaaa/oauth2/token"],
            _issuers.Sent.Select(sent => sent.Line));
    }

    [Fact]
    public async Task A_virtual_machine_asks_its_host()
    {
        await Token(new ManagedIdentityCredential(null, "test", Context));

        SentRequest sent = Assert.Single(_issuers.Sent);
        Assert.Equal($"GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource={Resource}", sent.Line);
        Assert.Equal("true", sent.Headers["Metadata"]);
    }

    [Fact]
    public async Task App_Service_and_its_kin_name_an_endpoint_and_a_header()
    {
        _environment["IDENTITY_ENDPOINT"] = "http://127.0.0.1:41741/msi/token/";
        _environment["IDENTITY_HEADER"] = "very-secret";

        await Token(new ManagedIdentityCredential("my id", "test", Context));

        SentRequest sent = Assert.Single(_issuers.Sent);
        Assert.Equal(
            $"GET http://127.0.0.1:41741/msi/token/?api-version=2019-08-01&resource={Resource}&client_id=my%20id",
            sent.Line.Replace("my id", "my%20id", StringComparison.Ordinal));
        Assert.Equal("very-secret", sent.Headers["X-IDENTITY-HEADER"]);
    }

    [Fact]
    public async Task Automation_has_an_endpoint_without_a_version()
    {
        _environment["IDENTITY_ENDPOINT"] = "http://localhost:4567/oauth2/token";
        _environment["IDENTITY_HEADER"] = "very-secret";
        _environment["AUTOMATION_ASSET_ACCOUNTID"] = "account";

        await Token(new ManagedIdentityCredential(null, "test", Context));

        SentRequest sent = Assert.Single(_issuers.Sent);
        Assert.Equal($"GET http://localhost:4567/oauth2/token?resource={Resource}", sent.Line);
        Assert.Equal("very-secret", sent.Headers["X-IDENTITY-HEADER"]);
    }

    [Fact]
    public async Task An_endpoint_across_the_network_gets_no_secret_by_plain_http()
    {
        _environment["IDENTITY_ENDPOINT"] = "http://thief.example/token";
        _environment["IDENTITY_HEADER"] = "very-secret";

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(
            () => Token(new ManagedIdentityCredential(null, "test", Context)));

        Assert.Equal("InvalidCredentialValue", e.ErrorId);
        Assert.Empty(_issuers.Sent);
    }

    private CredentialContext Context =>
        new() { Environment = name => _environment.GetValueOrDefault(name), Time = _time, Handler = _issuers };

    private async Task Token(RenewableCredential credential) =>
        Assert.Equal("issued", await _time.Drive(() => credential.GetTokenAsync(CancellationToken.None).AsTask()));
}
