using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed class ProfileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("host = https://a.example")]
    [InlineData("host: https://a.example")]
    [InlineData("HOST:https://a.example")]
    [InlineData("host=https://a.example # mine")]
    [InlineData("host = https://a.example\t# mine")]
    [InlineData("host = https://a.example ; mine")]
    [InlineData("host = \"https://a.example\"")]
    [InlineData("host = 'https://a.example'\t;mine")]
    public void A_value_is_read_as_other_tools_read_it(string line) =>
        Assert.Equal("https://a.example", Read($"[DEFAULT]\n{line}\n").Find("DEFAULT")!["host"]);

    [Theory]
    [InlineData("token = a#b;c", "a#b;c")]
    [InlineData("token = \"a # b\"", "a # b")]
    [InlineData("token = a=b:c", "a=b:c")]
    [InlineData("token = # none yet", "")]
    [InlineData("token =", "")]
    public void A_value_keeps_what_is_no_comment(string line, string value) =>
        Assert.Equal(value, Read($"[DEFAULT]\n{line}\n").Find("DEFAULT")!["token"]);

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("dapi0123")]
    [InlineData("= x")]
    public void A_line_without_a_key_is_refused_and_not_told(string line)
    {
        string text = ErrorAssert.Refused("InvalidProfileFile", () => Read($"[DEFAULT]\n{line}\n"), "line 2").Message;

        Assert.DoesNotContain(line, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_of_the_file_may_begin_at_home_and_stand_in_quotes()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        Assert.Equal(Path.Combine(home, ".databrickscfg"), ProfileFile.DefaultPath(_ => null));
        Assert.Equal(Path.Combine(home, "x", "cfg"), ProfileFile.DefaultPath(_ => "'~/x/cfg'\n"));
    }

    private ProfileFile Read(string text)
    {
        File.WriteAllText(_folder.File("cfg"), text);
        return ProfileFile.Read(_folder.File("cfg"));
    }
}
