using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Credentials;

/// <summary>Logins of other tools, tried until one works; and to whom a client and its secret belong.</summary>
public sealed class LoginTests
{
    private static readonly Uri Workspace = WorkspaceAddress.Parse("https://workspace.example");

    [Fact]
    public async Task The_first_login_that_works_stays()
    {
        Fake broken = new("first", null), works = new("second", "token-2"), never = new("third", "token-3");
        var login = new FirstLoginCredential(Workspace, [broken, works, never]);

        Assert.Equal(("first or second or third", "kind of first"), (login.Description, login.Kind));
        Assert.False(login.Refused("token-2"));
        Assert.Equal("token-2", await login.GetTokenAsync(default));
        Assert.Equal("token-2", await login.GetTokenAsync(default));

        Assert.Equal(("second", "kind of second"), (login.Description, login.Kind));
        Assert.Equal((1, 2, 0), (broken.Asked, works.Asked, never.Asked));
        Assert.True(login.Refused("token-2"));
        Assert.Equal("token-2", works.Refusal);
    }

    [Fact]
    public async Task Where_none_works_all_are_named()
    {
        var login = new FirstLoginCredential(Workspace, [new Fake("first", null), new Fake("second", null)]);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(async () => await login.GetTokenAsync(default));

        Assert.Equal("NoCredentialWorks", error.ErrorId);
        Assert.Contains("first is broken", error.Message, StringComparison.Ordinal);
        Assert.Contains("second is broken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_of_an_only_login_is_its_own()
    {
        Fake broken = new("first", null), works = new("first", "token-1");

        Assert.Equal("first is broken", (await Assert.ThrowsAsync<GenieLoadException>(
            async () => await new FirstLoginCredential(Workspace, [broken]).GetTokenAsync(default))).Message);
        var login = new FirstLoginCredential(Workspace, [works]);
        Assert.True(login.Refused("token-1"));
        Assert.Equal(("first", "kind of first"), (login.Description, login.Kind));
    }

    [Theory]
    [InlineData(null, "Managed identity (test)")]
    [InlineData("my-id", "Managed identity my-id (test)")]
    public void A_managed_identity_names_its_client(string? clientId, string description) =>
        Assert.Equal(description, new ManagedIdentityCredential(clientId, "test", new CredentialContext()).Description);

    [Theory]
    [InlineData("IDENTITY_ENDPOINT", "http://127.0.0.1:41741/msi/token")]
    [InlineData("IDENTITY_HEADER", "very-secret")]
    public async Task Half_an_identity_service_is_none(string variable, string value)
    {
        TokenIssuers issuers = new(_ => TokenIssuers.Json("""{"access_token":"issued","expires_in":3600}"""));

        await new ManagedIdentityCredential(null, "test", Context(issuers, name => name == variable ? value : null)).GetTokenAsync(default);

        SentRequest sent = Assert.Single(issuers.Sent);
        Assert.StartsWith("GET http://169.254.169.254/metadata/", sent.Line, StringComparison.Ordinal);
        Assert.DoesNotContain("X-IDENTITY-HEADER", sent.Headers.Keys);
    }

    // The parameters of a client belong to Azure when a tenant or an Azure type says so, else to Databricks.
    [Theory]
    [InlineData(null, null, "https://workspace.example/oidc")]
    [InlineData("contoso.com", null, "https://login.microsoftonline.com/contoso.com/")]
    [InlineData(null, "AZURE-client-secret", "https://workspace.example/aad/auth")]
    public async Task A_client_belongs_to_Azure_when_a_tenant_or_the_type_says_so(string? tenant, string? type, string address)
    {
        TokenIssuers issuers = new(_ => TokenIssuers.Json("{}", System.Net.HttpStatusCode.NotFound));
        var resolver = new CredentialResolver(Context(issuers, _ => null));

        (_, ICredential credential) = resolver.Resolve(new CredentialInput
        {
            WorkspaceUrl = "https://workspace.example", ClientId = "id", ClientSecret = "very-secret", TenantId = tenant, AuthType = type,
        });
        await Assert.ThrowsAsync<GenieLoadException>(async () => await credential.GetTokenAsync(default));

        Assert.Contains(address, issuers.Sent[0].Line, StringComparison.Ordinal);
        Assert.Contains("(ClientId parameter)", credential.Description, StringComparison.Ordinal);
    }

    // The secret of a client is posted to the workspace, or by https to a host of the same service: never to another.
    [Theory]
    [InlineData("https://a.cloud.databricks.com", "https://b.cloud.databricks.com/token", true)]
    [InlineData("https://a.cloud.databricks.com", "http://b.cloud.databricks.com/token", false)]
    [InlineData("https://a.cloud.databricks.com", "https://b.example/token", false)]
    [InlineData("https://workspace.example", "https://b.cloud.databricks.com/token", false)]
    [InlineData("https://workspace.example", "https://workspace.example/other", true)]
    [InlineData("https://workspace.example", "https://workspace.example:444/other", false)]
    public async Task A_secret_goes_to_hosts_of_its_service_alone(string workspace, string endpoint, bool isSent)
    {
        TokenIssuers issuers = new(request => request.Method == HttpMethod.Get
            ? TokenIssuers.Json("{\"token_endpoint\":\"" + endpoint + "\"}")
            : TokenIssuers.Json("""{"access_token":"issued","expires_in":3600}"""));
        var credential = new OAuthCredential(
            WorkspaceAddress.Parse(workspace), "id", "very-secret", "test", Context(issuers, _ => null));

        if (isSent)
            Assert.Equal("issued", await credential.GetTokenAsync(default));
        else
            await Assert.ThrowsAsync<GenieLoadException>(async () => await credential.GetTokenAsync(default));

        Assert.Equal(isSent, issuers.Sent.Any(sent => sent.Line == $"POST {endpoint}"));
    }

    private static CredentialContext Context(TokenIssuers issuers, Func<string, string?> environment) => new()
    {
        Handler = issuers, Environment = environment,
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)),
    };

    private sealed class Fake(string name, string? token) : ICredential
    {
        public int Asked { get; private set; }

        public string? Refusal { get; private set; }

        public string Description => name;

        public string Kind => "kind of " + name;

        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return token is not null
                ? new ValueTask<string>(token)
                : throw new GenieLoadException("Broken", ErrorKind.Connection, $"{name} is broken", "Mend it.");
        }

        public bool Refused(string refused)
        {
            Refusal = refused;
            return true;
        }
    }
}
