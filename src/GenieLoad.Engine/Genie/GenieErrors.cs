using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie;

/// <summary>What can go wrong on the way to the service, in words for people. The factory's name is the error's id.</summary>
internal static class GenieErrors
{
    public static GenieLoadException InvalidId(string field, string? id) => new(
        nameof(InvalidId), ErrorKind.InvalidInput,
        $"{field} is {ServiceId.Shown(id)}, which is not a valid id: ids have 1 to {ServiceId.Longest} letters, "
            + "digits, '-', '_', '.' and '~'.",
        field == "SpaceId"
            ? "Give the part of the space's address after /genie/rooms/. Get-GenieSpace lists the spaces you can use."
            : $"Use the {field} that Genie returned.", id);

    /// <summary>Refuses what a user gives as an id and can be none.</summary>
    public static void CheckId(string field, string id)
    {
        if (!ServiceId.IsPlausible(id))
            throw InvalidId(field, id);
    }

    public static GenieLoadException UnknownPollPolicy(string policy) => new(
        nameof(UnknownPollPolicy), ErrorKind.InvalidInput,
        $"There is no poll policy '{policy}'.",
        $"Give one of {string.Join(", ", PollPolicy.All)}.", policy);

    public static GenieLoadException WorkspaceRefusedToken(string host, ApiException inner) => new(
        nameof(WorkspaceRefusedToken), ErrorKind.Authentication,
        $"{host} refused the credential (HTTP {inner.Failure.HttpStatus}): {inner.Message}",
        "The token is wrong, expired, or for another workspace. Create a new one and connect again.", host, inner);

    public static GenieLoadException AccessDenied(string host, string what, ApiException inner) => new(
        nameof(AccessDenied), ErrorKind.Permission,
        $"{host} does not let this credential use {what} (HTTP 403): {inner.Message}",
        "Ask for CAN RUN on the space, CAN USE on its SQL warehouse and SELECT on its tables; check the workspace's IP access list.",
        what, inner);

    public static GenieLoadException DefinitionNotVisible(string spaceId, string host, ApiException? inner) => new(
        nameof(DefinitionNotVisible), ErrorKind.Permission,
        inner is null
            ? $"{host} does not show this credential the definition of space '{spaceId}'."
            : $"{host} does not show this credential the definition of space '{spaceId}' (HTTP 403): {inner.Message}",
        "Samples, benchmarks and examples need CAN EDIT on the space. Ask for it, or let somebody who has it export the space and read the "
            + "file with Import-GenieQuestion.",
        spaceId, inner);

    public static GenieLoadException SpaceNotFound(string spaceId, string host, ApiException inner) => new(
        nameof(SpaceNotFound), ErrorKind.NotFound,
        $"Space '{spaceId}' is not on {host}, or this credential cannot see it: {inner.Message}",
        "Get-GenieSpace lists the spaces it can see. The id is the part of the space's address after /genie/rooms/.", spaceId, inner);

    public static GenieLoadException WorkspaceUnreachable(string host, ApiException inner) => new(
        nameof(WorkspaceUnreachable), ErrorKind.Connection,
        $"{host} cannot be reached: {inner.Message}",
        "Check the address, the network, the proxy (HTTPS_PROXY) and whether a private link or VPN is needed.", host, inner);

    public static GenieLoadException WorkspaceThrottled(string host, ApiException inner) => new(
        nameof(WorkspaceThrottled), ErrorKind.Throttled,
        $"{host} keeps answering 429 (too many requests): {inner.Message}",
        "Wait a minute and try again; the limit applies to the whole workspace.", host, inner);

    public static GenieLoadException ListWithoutEnd(string what, string limit) => new(
        nameof(ListWithoutEnd), ErrorKind.Protocol,
        $"The list of {what} does not end: {limit}.",
        "Check for a proxy between this machine and the workspace. To read a single space without the list: Get-GenieSpace -SpaceId.",
        what);

    public static GenieLoadException UnexpectedAnswer(string host, ApiException inner) => new(
        nameof(UnexpectedAnswer), ErrorKind.Protocol,
        $"{host} returned an answer that cannot be used: {inner.Message}",
        "Check that the address is a Databricks workspace. If there is a request id, give it to Databricks support.", host, inner);
}
