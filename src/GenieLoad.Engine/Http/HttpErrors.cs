using GenieLoad.Model;

namespace GenieLoad.Engine.Http;

/// <summary>What can stand between this machine and any service, in words for people. The factory's name is the error's id.</summary>
internal static class HttpErrors
{
    /// <summary>Names what answered in the place of the service; <see langword="null"/> where the service itself did.</summary>
    /// <param name="host">The service.</param>
    /// <param name="failed">The call that failed.</param>
    public static GenieLoadException? OfAnother(string host, ApiException failed) => failed.Failure.ErrorType switch
    {
        AnswerFault.PrivateLink => PrivateLinkNeeded(host, failed),
        AnswerFault.LoginPage => AnsweredByLoginPage(host, failed),
        _ => null,
    };

    private static GenieLoadException PrivateLinkNeeded(string host, ApiException inner) => new(
        nameof(PrivateLinkNeeded), ErrorKind.Connection,
        $"{host} is only reachable through Private Link, and this machine is outside of it: {inner.Message}",
        "Run this from a network with the workspace's private endpoint, and check that DNS resolves to the private address.", host, inner);

    private static GenieLoadException AnsweredByLoginPage(string host, ApiException inner) => new(
        nameof(AnsweredByLoginPage), ErrorKind.Protocol,
        $"{host} answered with a login page: {inner.Message}",
        "Check that the address is the workspace's own (not the account console's), and whether a proxy or "
            + "gateway requires its own login.", host, inner);
}
