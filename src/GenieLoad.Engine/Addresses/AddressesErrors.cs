using GenieLoad.Model;

namespace GenieLoad.Engine.Addresses;

/// <summary>What can be wrong with an address, in words for people. The factory's name is the error's id.</summary>
internal static class AddressesErrors
{
    public static GenieLoadException InvalidWorkspaceUrl(string url, string reason) => new(
        nameof(InvalidWorkspaceUrl), ErrorKind.InvalidInput,
        $"WorkspaceUrl '{url}' cannot be used: {reason}.",
        "Give the workspace's address as shown in the browser, such as https://adb-1234567890123456.7.azuredatabricks.net.", url);

    public static GenieLoadException SpaceOfAnotherWorkspace(string host, string workspace) => new(
        nameof(SpaceOfAnotherWorkspace), ErrorKind.InvalidInput,
        $"SpaceId is the address of a space on {host}; the workspace is {workspace}.",
        $"Connect to that workspace with Connect-Genie -WorkspaceUrl https://{host}, or give a space of {workspace}.", host);
}
