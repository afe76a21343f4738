using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Genie;

public sealed class CredentialResolverTests : IDisposable
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
    public void A_profile_without_a_token_says_so() =>
        Assert.Equal("ProfileWithoutToken", Refusal(() => Resolve(profile: "empty").GetAwaiter().GetResult()).ErrorId);

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

    private static GenieLoadException Refusal(Action act) => Assert.Throws<GenieLoadException>(act);

    private async Task<(string Host, string Token)> Resolve(string? url = null, string? token = null, string? profile = null)
    {
        (Uri workspace, ICredential credential) = new CredentialResolver(name => _environment.GetValueOrDefault(name)).Resolve(url, token, profile);
        return (WorkspaceAddress.ToText(workspace), await credential.GetTokenAsync(CancellationToken.None));
    }
}
