namespace GenieLoad.Engine.Logging;

/// <summary>The passwords in the addresses of proxies that the environment names.</summary>
internal static class ProxySecrets
{
    private static readonly string[] Variables =
        ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Has them learnt. Called before anything is sent by way of a proxy.</summary>
    /// <param name="environment">Reads environment variables.</param>
    public static void Learn(Func<string, string?> environment)
    {
        foreach (string variable in Variables)
        {
            if (environment(variable) is { Length: > 0 } address)
                LearnFrom(address);
        }
    }

    // Not by Uri: a password may hold what an address may not, and still be sent. The scheme may be missing.
    private static void LearnFrom(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        int from = scheme < 0 ? 0 : scheme + 3;
        int at = address.LastIndexOf('@');
        int colon = at < from ? -1 : address.IndexOf(':', from, at - from);
        if (colon < 0)
            return;
        string user = address[from..colon];
        string password = address[(colon + 1)..at];
        LiveSecrets.Learn(user, password);
        LiveSecrets.Learn(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
    }
}
