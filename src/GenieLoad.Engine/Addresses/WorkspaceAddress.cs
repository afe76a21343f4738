using System.Net;
using System.Net.Sockets;

namespace GenieLoad.Engine.Addresses;

/// <summary>Turns what people write as a workspace's address into one form.</summary>
public static class WorkspaceAddress
{
    /// <summary>
    /// Adds <c>https://</c> where no scheme is given; drops path, query, trailing slash and default port.
    /// </summary>
    /// <param name="text">Such as <c>adb-123.4.azuredatabricks.net</c> or <c>https://dbc-1.cloud.databricks.com/</c>.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>InvalidWorkspaceUrl</c> for anything that is no address, holds a user name or password, or is plain <c>http</c> to another
    /// machine: a token must never cross a network unencrypted.
    /// </exception>
    public static Uri Parse(string text)
    {
        string trimmed = text.Trim();
        string withScheme = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "https://" + trimmed;
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw AddressesErrors.InvalidWorkspaceUrl(trimmed, "it is not a web address");
        if (uri.UserInfo.Length > 0)
            throw AddressesErrors.InvalidWorkspaceUrl(uri.Host, "it holds a user name or password");
        if (uri.Scheme == Uri.UriSchemeHttp && !IsLoopback(uri))
            throw AddressesErrors.InvalidWorkspaceUrl(
                trimmed, "plain http is accepted on this machine only (127.0.0.1, localhost), never over a network");
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw AddressesErrors.InvalidWorkspaceUrl(trimmed, $"'{uri.Scheme}' is not https");
        return new Uri(uri.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>The same; <see langword="null"/> for what <see cref="Parse"/> refuses.</summary>
    /// <param name="text">What somebody wrote.</param>
    public static Uri? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (Model.GenieLoadException)
        {
            return null;
        }
    }

    /// <summary>Whether two addresses are of one origin: scheme, host and port.</summary>
    /// <param name="first">An absolute address.</param>
    /// <param name="second">The absolute address beside it.</param>
    public static bool IsSameOrigin(Uri first, Uri second) =>
        first.Scheme == second.Scheme && first.Port == second.Port && first.Host.Equals(second.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the address is this machine.</summary>
    /// <param name="uri">An absolute address.</param>
    public static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the address is one that no router forwards, such as that of a cloud machine's own services.</summary>
    /// <param name="uri">An absolute address.</param>
    internal static bool IsLinkLocal(Uri uri) =>
        IPAddress.TryParse(uri.Host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork
        && address.GetAddressBytes() is [169, 254, ..];

    /// <summary>The address as text, without a trailing slash.</summary>
    /// <param name="uri">A workspace's address.</param>
    public static string ToText(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
