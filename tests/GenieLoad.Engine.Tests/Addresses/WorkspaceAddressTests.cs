using GenieLoad.Engine.Addresses;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Addresses;

public sealed class WorkspaceAddressTests
{
    [Theory]
    [InlineData("adb-1.2.azuredatabricks.net", "https://adb-1.2.azuredatabricks.net")]
    [InlineData(" https://dbc-1.cloud.databricks.com/ ", "https://dbc-1.cloud.databricks.com")]
    [InlineData("https://x.example:443/browse?o=1#x", "https://x.example")]
    [InlineData("https://x.example:8443", "https://x.example:8443")]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000", "http://localhost:5000")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000")]
    public void Every_way_to_write_an_address_becomes_one(string text, string expected) =>
        Assert.Equal(expected, WorkspaceAddress.ToText(WorkspaceAddress.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("not an address")]
    [InlineData("http://workspace.example")]
    [InlineData("http://127.0.0.1.example")]
    [InlineData("ftp://workspace.example")]
    [InlineData("https://user:hidden@workspace.example")]
    public void What_could_leak_a_token_or_is_no_address_is_refused(string text)
    {
        GenieLoadException e = Assert.Throws<GenieLoadException>(() => WorkspaceAddress.Parse(text));

        Assert.Equal("InvalidWorkspaceUrl", e.ErrorId);
        Assert.DoesNotContain("hidden", e.Message, StringComparison.Ordinal);
    }
}
