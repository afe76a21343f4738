using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed partial class CredentialResolverTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly Dictionary<string, string> _environment = [];

    public CredentialResolverTests()
    {
        _environment["DATABRICKS_CONFIG_FILE"] = _file;
        File.WriteAllText(_file, """
            ; made by hand
            [DEFAULT]
            host = https://default.example
            token = dapi-default  # a note

            [test]
            host=test.example/
            token = dapi#test
            [empty]
            host = https://empty.example
            """);
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task What_is_given_wins_over_the_environment()
    {
        _environment["DATABRICKS_HOST"] = "environment.example";
        _environment["DATABRICKS_TOKEN"] = "dapi-environment";

        Assert.Equal(("https://given.example", "dapi-given"), await Resolve("given.example", "dapi-given"));
        Assert.Equal(("https://environment.example", "dapi-environment"), await Resolve());
    }

    [Fact]
    public async Task A_named_profile_stands_for_itself()
    {
        _environment["DATABRICKS_HOST"] = "environment.example";
        _environment["DATABRICKS_TOKEN"] = "dapi-environment";

        Assert.Equal(("https://test.example", "dapi#test"), await Resolve(profile: "test"));
    }

    [Fact]
    public async Task Without_anything_else_the_default_profile_serves() =>
        Assert.Equal(("https://default.example", "dapi-default"), await Resolve());

    [Fact]
    public async Task The_environment_can_name_the_profile()
    {
        _environment["DATABRICKS_CONFIG_PROFILE"] = "test";

        Assert.Equal(("https://test.example", "dapi#test"), await Resolve());
    }

    [Fact]
    public void A_profile_nobody_named_does_not_send_its_token_elsewhere() =>
        Assert.Equal("MissingCredential", Refusal(() => Resolve("other.example").GetAwaiter().GetResult()).ErrorId);

    [Fact]
    public void A_profile_that_is_not_there_names_those_that_are()
    {
        GenieLoadException e = Refusal(() => Resolve(profile: "tset").GetAwaiter().GetResult());

        Assert.Equal("ProfileNotFound", e.ErrorId);
        Assert.Contains("DEFAULT, test, empty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_without_a_profile_file_names_the_file_and_the_variable_that_names_it()
    {
        File.Delete(_file);
        GenieLoadException named = Refusal(() => Resolve(profile: "test").GetAwaiter().GetResult());
        Assert.Equal("ProfileFileNotFound", named.ErrorId);
        Assert.Contains($"'{_file}'", named.Message, StringComparison.Ordinal);
        Assert.StartsWith("Correct the path in DATABRICKS_CONFIG_FILE", named.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_without_any_credential_says_so() =>
        Assert.Equal("MissingCredential", Refusal(() => Resolve(profile: "empty").GetAwaiter().GetResult()).ErrorId);

    [Theory]
    [InlineData("token = dapi-secret\n", 1)]
    [InlineData("[x]\nhost = h\ndapi-secret\n", 3)]
    [InlineData("[x\n", 1)]
    public void A_broken_file_is_refused_with_its_line_and_without_its_secrets(string text, int line)
    {
        File.WriteAllText(_file, text);

        GenieLoadException e = Refusal(() => ProfileFile.Read(_file));

        Assert.Equal("InvalidProfileFile", e.ErrorId);
        Assert.Contains($"line {line}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dapi-secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_names_all_ways_to_give_it()
    {
        File.Delete(_file);

        Assert.Equal("MissingWorkspaceUrl", Refusal(() => Resolve().GetAwaiter().GetResult()).ErrorId);
        Assert.Equal("MissingCredential", Refusal(() => Resolve("x.example").GetAwaiter().GetResult()).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public void A_token_that_could_not_stand_in_a_header_is_refused_without_showing_it(string token)
    {
        GenieLoadException e = Refusal(() => TokenCredential.Create(token, "Token parameter"));

        Assert.Equal("InvalidToken", e.ErrorId);
        Assert.DoesNotContain("two words", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_in_the_environment_are_refused_and_both_are_named()
    {
        _environment["DATABRICKS_TOKEN"] = "dapi-environment";
        _environment["DATABRICKS_CLIENT_ID"] = "client";
        _environment["DATABRICKS_CLIENT_SECRET"] = "very-secret";

        GenieLoadException e = Refusal(() => Find(new CredentialInput { WorkspaceUrl = "x.example" }));

        Assert.Equal("TwoCredentials", e.ErrorId);
        Assert.Contains("pat (DATABRICKS_TOKEN) and oauth-m2m (DATABRICKS_CLIENT_SECRET)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_as_parameters_are_refused_too() =>
        Assert.Equal("TwoCredentials", Refusal(() => Find(new CredentialInput
        {
            WorkspaceUrl = "x.example", Token = "dapi-x", ClientId = "c", ClientSecret = "s",
        })).ErrorId);

    [Fact]
    public void The_environment_and_a_profile_it_names_count_as_one_place()
    {
        File.AppendAllText(_file, "\n[m2m]\nhost = m2m.example\nclient_id = c\nclient_secret = s\n");
        _environment["DATABRICKS_TOKEN"] = "dapi-environment";
        _environment["DATABRICKS_CONFIG_PROFILE"] = "m2m";

        Assert.Contains(
            "pat (DATABRICKS_TOKEN) and oauth-m2m (Profile m2m)", Refusal(() => Find(new CredentialInput())).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABRICKS_AUTH_TYPE", "oauth-m2m", "oauth-m2m")]
    [InlineData("DATABRICKS_AUTH_TYPE", "PAT", "pat")]
    [InlineData(null, "azure-client-secret", "azure-client-secret")]
    [InlineData(null, "azure-msi", "azure-msi")]
    [InlineData(null, "azure-cli", "azure-cli")]
    [InlineData(null, "databricks-cli", "databricks-cli")]
    public void A_kind_that_is_named_is_taken_whatever_else_there_is(string? variable, string type, string expected)
    {
        foreach (string name in new[] { "TOKEN", "CLIENT_ID", "CLIENT_SECRET" })
            _environment["DATABRICKS_" + name] = name;
        _environment["ARM_CLIENT_ID"] = "azure-client";
        _environment["ARM_CLIENT_SECRET"] = "azure-secret";
        if (variable is not null)
            _environment[variable] = type;

        ICredential credential = Find(
            new CredentialInput { WorkspaceUrl = "x.example", AuthType = variable is null ? type : null }).Credential;

        Assert.Equal(expected, credential.Kind);
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_refused_with_those_there_are()
    {
        GenieLoadException e = Refusal(() => Find(new CredentialInput { WorkspaceUrl = "x.example", AuthType = "external-browser" }));

        Assert.Equal("UnknownAuthType", e.ErrorId);
        Assert.Contains("oauth-m2m", e.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_credential_is_refused_and_the_other_half_is_named()
    {
        GenieLoadException e = Refusal(() => Find(new CredentialInput { WorkspaceUrl = "x.example", ClientId = "c" }));

        Assert.Equal("IncompleteCredential", e.ErrorId);
        Assert.Contains("DATABRICKS_CLIENT_SECRET", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_secret_may_come_from_another_place_than_the_client_id()
    {
        _environment["DATABRICKS_CLIENT_SECRET"] = "s";

        Assert.Equal("OAuth client c (ClientId parameter)",
            Find(new CredentialInput { WorkspaceUrl = "x.example", ClientId = "c" }).Credential.Description);
    }

    [Fact]
    public void A_parameter_is_meant_even_when_the_environment_holds_another_kind()
    {
        _environment["DATABRICKS_CLIENT_ID"] = "c";
        _environment["DATABRICKS_CLIENT_SECRET"] = "s";

        Assert.Equal("pat", Find(new CredentialInput { WorkspaceUrl = "x.example", Token = "dapi-x" }).Credential.Kind);
    }

    [Theory]
    [InlineData("client_id = c\nclient_secret = s", "oauth-m2m")]
    [InlineData("azure_client_id = c\nazure_client_secret = s\nazure_tenant_id = t", "azure-client-secret")]
    [InlineData("azure_use_msi = true", "azure-msi")]
    [InlineData("auth_type = azure-cli", "azure-cli")]
    [InlineData("auth_type = databricks-cli", "databricks-cli")]
    public void A_profile_can_hold_every_kind(string lines, string kind)
    {
        File.AppendAllText(_file, $"\n[own]\nhost = adb-1.2.azuredatabricks.net\n{lines}\n");

        Assert.Equal(kind, Find(new CredentialInput { Profile = "own" }).Credential.Kind);
    }

    [Fact]
    public void What_opens_Azure_is_not_shown_to_a_workspace_elsewhere()
    {
        File.Delete(_file);
        _environment["ARM_CLIENT_ID"] = "c";
        _environment["ARM_CLIENT_SECRET"] = "s";

        Assert.Equal("MissingCredential", Refusal(() => Find(new CredentialInput { WorkspaceUrl = "x.cloud.databricks.com" })).ErrorId);
        Assert.Equal("azure-client-secret", Find(new CredentialInput { WorkspaceUrl = "adb-1.2.azuredatabricks.net" }).Credential.Kind);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("a/../b")]
    [InlineData("x?y")]
    public void A_tenant_that_is_none_becomes_no_part_of_an_address_or_command_line(string tenant) =>
        Assert.Equal("InvalidCredentialValue", Refusal(() => Find(new CredentialInput
        {
            WorkspaceUrl = "adb-1.2.azuredatabricks.net", AuthType = "azure-cli", TenantId = tenant,
        })).ErrorId);

    private (Uri Workspace, ICredential Credential) Find(CredentialInput input) =>
        new CredentialResolver(new CredentialContext { Environment = name => _environment.GetValueOrDefault(name) }).Resolve(input);

    private static GenieLoadException Refusal(Action act) => Assert.Throws<GenieLoadException>(act);

    private async Task<(string Host, string Token)> Resolve(string? url = null, string? token = null, string? profile = null)
    {
        (Uri workspace, ICredential credential) = Find(new CredentialInput { WorkspaceUrl = url, Token = token, Profile = profile });
        return (WorkspaceAddress.ToText(workspace), await credential.GetTokenAsync(CancellationToken.None));
    }
}
