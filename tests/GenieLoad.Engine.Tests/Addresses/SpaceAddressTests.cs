using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Tests.Planning;

namespace GenieLoad.Engine.Tests.Addresses;

public sealed class SpaceAddressTests
{
    private static readonly Uri Workspace = new("https://adb-1.7.azuredatabricks.net");

    [Theory]
    [InlineData("01ef")]
    [InlineData(" 01ef\r\n")]
    [InlineData("https://adb-1.7.azuredatabricks.net/genie/rooms/01ef?o=1234")]
    [InlineData("https://ADB-1.7.azuredatabricks.net/genie/rooms/01ef/chats/77?o=1#top")]
    [InlineData("adb-1.7.azuredatabricks.net/genie/rooms/01ef")]
    [InlineData("https://adb-1.7.azuredatabricks.net/?o=1/genie/rooms/01ef", "https://adb-1.7.azuredatabricks.net/?o=1/genie/rooms/01ef")]
    [InlineData("https://adb-1.7.azuredatabricks.net/api/2.0/genie/spaces/01ef")]
    [InlineData("/genie/rooms/01ef")]
    [InlineData("01ef/x", "01ef/x")]
    [InlineData("https://adb-1.7.azuredatabricks.net/genie/rooms/", "https://adb-1.7.azuredatabricks.net/genie/rooms/")]
    public void A_space_is_its_id_or_the_address_of_its_page(string text, string id = "01ef") =>
        Assert.Equal(id, SpaceAddress.IdOf(text, Workspace));

    [Theory]
    [InlineData("https://adb-2.7.azuredatabricks.net/genie/rooms/01ef?o=1234")]
    [InlineData("https://adb-1.7.azuredatabricks.net:8443/genie/rooms/01ef")]
    [InlineData("dbc-1.cloud.databricks.com/genie/rooms/01ef")]
    public void The_page_of_another_workspace_is_refused(string text) =>
        ErrorAssert.Refused("SpaceOfAnotherWorkspace", () => SpaceAddress.IdOf(text, Workspace), "adb-1.7.azuredatabricks.net");

    [Fact]
    public void Only_the_address_of_a_page_names_a_workspace()
    {
        Assert.Equal(Workspace, SpaceAddress.WorkspaceOf("https://adb-1.7.azuredatabricks.net/genie/rooms/01ef?o=1"));
        Assert.All(
            ["01ef", "/genie/rooms/01ef", "https://adb-1.7.azuredatabricks.net", "http://adb-1.7.azuredatabricks.net/genie/rooms/1", null],
            text => Assert.Null(SpaceAddress.WorkspaceOf(text)));
    }
}
