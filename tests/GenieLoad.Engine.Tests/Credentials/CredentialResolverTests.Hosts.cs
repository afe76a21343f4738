using GenieLoad.Engine.Credentials;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Credentials;

/// <summary>A credential belongs to its host, and Azure's variables to Azure.</summary>
public sealed partial class CredentialResolverTests
{
    [Theory]
    [InlineData("DATABRICKS_TOKEN", "DATABRICKS_TOKEN")]
    [InlineData("DATABRICKS_CLIENT_SECRET", "DATABRICKS_CLIENT_SECRET")]
    public void What_the_environment_holds_for_its_host_is_not_shown_to_another(string variable, string named)
    {
        File.Delete(_file);
        _environment["DATABRICKS_HOST"] = "https://user:pw@a.example/";
        _environment[variable] = "secret-of-a";
        Assert.Contains("another host", Refusal(() => Find(new CredentialInput { WorkspaceUrl = "b.example" })).Message,
            StringComparison.Ordinal);
        _environment["DATABRICKS_HOST"] = "A.example:443/";

        GenieLoadException e = Refusal(() => Find(new CredentialInput { WorkspaceUrl = "b.example" }));

        Assert.Equal("CredentialOfAnotherHost", e.ErrorId);
        Assert.Contains($"{named} belongs to https://a.example; it is not sent to https://b.example.", e.Message,
            StringComparison.Ordinal);
        Assert.Contains("-Token", e.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-a", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.example/?o=1")]
    [InlineData("A.EXAMPLE")]
    public async Task Its_own_host_however_it_is_written_gets_it(string url)
    {
        _environment["DATABRICKS_HOST"] = "https://a.example:443";
        _environment["DATABRICKS_TOKEN"] = "dapi-a";

        Assert.Equal(("https://a.example", "dapi-a"), await Resolve(url));
    }

    [Theory]
    [InlineData("https://a.example:8443")]
    [InlineData("https://a.example.evil.example")]
    [InlineData("http://127.0.0.1")]
    public void Another_port_name_or_scheme_is_another_host(string url)
    {
        _environment["DATABRICKS_HOST"] = url.StartsWith("http:", StringComparison.Ordinal) ? "https://127.0.0.1" : "https://a.example";
        _environment["DATABRICKS_TOKEN"] = "dapi-a";

        Assert.Equal("CredentialOfAnotherHost", Refusal(() => Find(new CredentialInput { WorkspaceUrl = url })).ErrorId);
    }

    [Fact]
    public async Task A_token_without_any_host_is_for_the_workspace_that_is_named()
    {
        _environment["DATABRICKS_TOKEN"] = "dapi-anywhere";

        Assert.Equal(("https://b.example", "dapi-anywhere"), await Resolve("b.example"));
    }

    [Theory]
    [InlineData("token = dapi-p")]
    [InlineData("client_id = c\nclient_secret = s")]
    [InlineData("auth_type = databricks-cli")]
    [InlineData("azure_client_id = c\nazure_client_secret = s")]
    [InlineData("azure_use_msi = true")]
    public void A_profile_that_is_named_opens_its_own_host_only(string lines)
    {
        File.AppendAllText(_file, $"\n[p]\nhost = adb-1.2.azuredatabricks.net\n{lines}\n");

        foreach (bool byVariable in new[] { false, true })
        {
            if (byVariable)
                _environment["DATABRICKS_CONFIG_PROFILE"] = "p";
            GenieLoadException e = Refusal(() => Find(
                new CredentialInput { WorkspaceUrl = "adb-3.4.azuredatabricks.net", Profile = byVariable ? null : "p" }));

            Assert.Equal("CredentialOfAnotherHost", e.ErrorId);
            Assert.Contains("Profile p belongs to https://adb-1.2.azuredatabricks.net", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("host = b.example", "Databricks CLI login of profile p")]
    [InlineData("", "Databricks CLI login")]
    public void A_login_of_the_CLI_is_that_of_the_workspace_and_not_of_a_profile_that_may_be_of_another(string line, string description)
    {
        File.AppendAllText(_file, $"\n[p]\nauth_type = databricks-cli\n{line}\n");

        Assert.Equal(description, Find(new CredentialInput { WorkspaceUrl = "b.example", Profile = "p" }).Credential.Description);
    }

    [Fact]
    public async Task What_is_given_with_the_call_is_meant_for_the_host_that_is_given()
    {
        _environment["DATABRICKS_HOST"] = "a.example";
        _environment["DATABRICKS_TOKEN"] = "dapi-a";
        _environment["DATABRICKS_AUTH_TYPE"] = "oauth-m2m";

        Assert.Equal(("https://b.example", "dapi-given"), await Resolve("b.example", "dapi-given"));
        Assert.Equal(("https://b.example", "dapi-given"), await Resolve("b.example", "dapi-given", "test"));
    }

    [Fact]
    public void A_client_id_that_is_given_does_not_take_the_secret_of_another_host_along()
    {
        _environment["DATABRICKS_HOST"] = "a.example";
        _environment["DATABRICKS_CLIENT_SECRET"] = "secret-of-a";

        GenieLoadException e = Refusal(() => Find(new CredentialInput { WorkspaceUrl = "b.example", ClientId = "c" }));

        Assert.Equal("CredentialOfAnotherHost", e.ErrorId);
        Assert.Contains("DATABRICKS_CLIENT_SECRET belongs to https://a.example", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_s_host_does_not_get_the_token_of_a_profile_that_it_names()
    {
        _environment["DATABRICKS_CONFIG_PROFILE"] = "test";
        _environment["DATABRICKS_HOST"] = "a.example";
        Assert.Equal("CredentialOfAnotherHost", Refusal(() => Find(new CredentialInput())).ErrorId);

        _environment["DATABRICKS_TOKEN"] = "dapi-a";
        Assert.Equal(("https://a.example", "dapi-a"), await Resolve());
        Assert.Equal(("https://test.example", "dapi#test"), await Resolve("test.example"));
    }

    [Fact]
    public async Task The_default_profile_serves_its_own_host_whatever_the_environment_holds_for_another()
    {
        _environment["DATABRICKS_HOST"] = "a.example";
        _environment["DATABRICKS_TOKEN"] = "dapi-a";

        Assert.Equal(("https://default.example", "dapi-default"), await Resolve("default.example"));
    }

    [Theory]
    [InlineData("DATABRICKS_TOKEN", "t", null, "pat")]
    [InlineData("DATABRICKS_CLIENT_ID", "c", null, "oauth-m2m")]
    [InlineData(null, null, "token = t", "pat")]
    [InlineData(null, null, "client_id = c\nclient_secret = s", "oauth-m2m")]
    public void Azure_s_variables_of_another_tool_are_no_second_credential_where_the_workspace_is_not_Azure_s(
        string? variable, string? value, string? profile, string kind)
    {
        const string host = "dbc-1.cloud.databricks.com";
        File.WriteAllText(_file, $"[DEFAULT]\nhost = {host}\n{profile}\n");
        foreach (string name in new[] { "ARM_CLIENT_ID", "ARM_CLIENT_SECRET", "ARM_TENANT_ID" })
            _environment[name] = name;
        _environment["ARM_USE_MSI"] = "true";
        _environment["DATABRICKS_CLIENT_SECRET"] = "";
        if (variable is not null)
            _environment[variable] = value!;
        if (variable == "DATABRICKS_CLIENT_ID")
            _environment["DATABRICKS_CLIENT_SECRET"] = "s";

        Assert.Equal(kind, Find(new CredentialInput { WorkspaceUrl = host }).Credential.Kind);
        _environment["DATABRICKS_CONFIG_PROFILE"] = "DEFAULT";
        Assert.Equal(kind, Find(new CredentialInput()).Credential.Kind);
        Assert.Equal("azure-msi", Find(new CredentialInput { WorkspaceUrl = host, AuthType = "azure-msi" }).Credential.Kind);
    }

    [Fact]
    public void On_Azure_they_are_a_second_credential_and_serve_every_workspace_there()
    {
        _environment["ARM_CLIENT_ID"] = "c";
        _environment["ARM_CLIENT_SECRET"] = "s";
        _environment["DATABRICKS_TOKEN"] = "t";
        _environment["DATABRICKS_HOST"] = "adb-1.2.azuredatabricks.net";

        Assert.Equal("TwoCredentials", Refusal(() => Find(new CredentialInput())).ErrorId);
        Assert.Equal("azure-client-secret", Find(new CredentialInput { WorkspaceUrl = "adb-3.4.azuredatabricks.net" }).Credential.Kind);
    }
}
