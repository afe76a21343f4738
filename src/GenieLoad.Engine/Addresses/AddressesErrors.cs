using GenieLoad.Model;

namespace GenieLoad.Engine.Addresses;

/// <summary>What can be wrong with an address, in words for people. The factory's name is the error's id.</summary>
internal static class AddressesErrors
{
    public static GenieLoadException InvalidWorkspaceUrl(string url, string reason) => new(
        nameof(InvalidWorkspaceUrl), ErrorKind.InvalidInput,
        $"WorkspaceUrl '{url}' cannot be used: {reason}.",
        "Give the workspace's address as in the browser, such as https://adb-1234567890123456.7.azuredatabricks.net.", url);
}
