using System.Security.Cryptography;
using System.Text;

namespace GenieLoad.Engine.Live;

/// <summary>
/// Who may see the dashboard: whoever has its address, once, and from then on the browser that opened it. Other pages in that browser may
/// not, whatever name they give this machine.
/// </summary>
/// <param name="port">Port of the dashboard.</param>
internal sealed class DashboardGate(int port)
{
    private readonly object _gate = new();
    private readonly string _token = NewSecret();
    private readonly string _session = NewSecret();
    private bool _isUsed;

    /// <summary>The address, with the token that opens it once.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}/?token={_token}");

    // Cookies do not tell ports apart.
    private string CookieName => $"genieload-{port}";

    /// <summary>Judges a request.</summary>
    public Admittance Judge(RequestHead head)
    {
        // Another name for this machine is how pages elsewhere reach into it (DNS rebinding).
        string? host = head.Header("Host");
        if (host != $"127.0.0.1:{port}" && host != $"localhost:{port}")
            return Admittance.OtherHost;
        if (head.Header("Origin") is { } origin && origin != $"http://{host}")
            return Admittance.OtherOrigin;
        if (head.Header("Sec-Fetch-Site") is { } site && site is not ("same-origin" or "none"))
            return Admittance.OtherOrigin;
        if (head.Method != "GET")
            return Admittance.OtherMethod;
        if (head.Path is not ("/" or "/events"))
            return Admittance.OtherPath;
        string? token = head.Path == "/" ? head.Parameter("token") : null;
        if (head.Cookies(CookieName).Any(cookie => IsSame(cookie, _session)))
            return token is null ? Admittance.Admitted : Admittance.Return;
        if (token is null || !IsSame(token, _token))
            return Admittance.Stranger;
        lock (_gate)
        {
            if (_isUsed)
                return Admittance.Stranger;
            _isUsed = true;
        }
        return Admittance.Enter;
    }

    /// <summary>The cookie for the browser that has opened the address.</summary>
    public string Cookie => $"{CookieName}={_session}; Path=/; HttpOnly; SameSite=Strict";

    private static bool IsSame(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret));

    private static string NewSecret() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}
