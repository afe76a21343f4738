using System.Runtime.Versioning;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Credentials;

/// <summary>The logins of az and databricks, played by scripts in a folder that is the PATH.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProgramCredentialTests : IDisposable
{
    private static readonly Uri Azure = WorkspaceAddress.Parse("adb-1.2.azuredatabricks.net");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"expires_on\": 4102444800, \"expiresOn\": \"2030-01-01 00:00:00.000000\"")]
    [InlineData("\"expiresOn\": \"2100-01-01 00:00:00.000000\"")]
    public async Task Az_prints_the_token_of_its_login(string expiry)
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("az", $$"""
            echo "$@" > "$0.arguments"
            echo '{"accessToken": "az-token", {{expiry}}, "tokenType": "Bearer"}'
            """);
        var credential = new AzureCliCredential("contoso.com", Context);

        Assert.Equal("az-token", await Token(credential));
        Assert.Equal("az-token", await Token(credential));
        Assert.Equal(
            "account get-access-token --resource 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --output json --tenant contoso.com\n",
            File.ReadAllText(Path.Combine(_folder.Path, "az.arguments")));
    }

    [Fact]
    public async Task Databricks_prints_the_token_of_a_profile()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("databricks", """
            said=$(echo "$*" | tr ' ' '_')
            echo "{\"access_token\": \"$said\", \"token_type\": \"Bearer\", \"expiry\": \"2100-01-01T00:00:00.000Z\"}"
            """);

        Assert.Equal("auth_token_--profile=STAGING", await Token(new DatabricksCliCredential(Azure, "STAGING", Context)));
        Assert.Equal("auth_token_--host_https://adb-1.2.azuredatabricks.net",
            await Token(new DatabricksCliCredential(Azure, null, Context)));
    }

    [Fact]
    public async Task A_failure_shows_what_the_program_says_without_its_secrets()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("az", "echo 'ERROR: run az login; last token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig' >&2; exit 1");

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => Token(new AzureCliCredential(null, Context)));

        Assert.Equal("ProgramFailed", e.ErrorId);
        Assert.Contains("ERROR: run az login; last token ***", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_token_is_not_shown()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("az", "echo 'hidden'");

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => Token(new AzureCliCredential(null, Context)));

        Assert.Equal("TokenAnswerUnusable", e.ErrorId);
        Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => Token(new AzureCliCredential(null, Context)));

        Assert.Equal("ProgramNotFound", e.ErrorId);
        Assert.Contains("'az'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_configured_the_first_login_that_works_serves()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("az", "echo 'Please run az login' >&2; exit 1");
        Write("databricks", """echo '{"access_token": "cli-token"}'""");

        ICredential credential = new CredentialResolver(Context)
            .Resolve(new CredentialInput { WorkspaceUrl = Azure.AbsoluteUri }).Credential;

        Assert.Equal("cli-token", await credential.GetTokenAsync(CancellationToken.None));
        Assert.Equal("Databricks CLI login", credential.Description);
    }

    [Fact]
    public async Task When_no_login_works_each_says_why()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("az", "echo 'Please run az login' >&2; exit 1");
        Write("databricks", "echo 'no such host' >&2; exit 1");
        ICredential credential = new CredentialResolver(Context)
            .Resolve(new CredentialInput { WorkspaceUrl = Azure.AbsoluteUri }).Credential;

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(
            () => credential.GetTokenAsync(CancellationToken.None).AsTask());

        Assert.Equal("NoCredentialWorks", e.ErrorId);
        Assert.Contains("Please run az login", e.Message, StringComparison.Ordinal);
        Assert.Contains("no such host", e.Message, StringComparison.Ordinal);
    }

    private CredentialContext Context => new()
    {
        Environment = name =>
            name switch { "PATH" => _folder.Path, "DATABRICKS_CONFIG_FILE" => Path.Combine(_folder.Path, "none"), _ => null },
    };

    private void Write(string name, string script)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<string> Token(ICredential credential) => await credential.GetTokenAsync(CancellationToken.None);
}
