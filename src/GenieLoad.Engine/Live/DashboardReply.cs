using System.Text;
using GenieLoad.Engine.Reports.Html;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Live;

/// <summary>The answers of the dashboard: each closes its connection, and none is kept, framed or guessed at.</summary>
internal static class DashboardReply
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>The page itself.</summary>
    public static byte[] Page(LivePage page) => Whole("200 OK", Html, page.ToBytes(), LiveScript.Text);

    /// <summary>The way to the page, without the token in the address.</summary>
    /// <param name="cookie">Cookie to be set; <see langword="null"/> for none.</param>
    public static byte[] Redirect(string? cookie) => Whole(
        "303 See Other", "text/plain", [], null, "Location: /", cookie is null ? null : $"Set-Cookie: {cookie}");

    /// <summary>The head of a stream of events.</summary>
    public static byte[] Events() => Head("200 OK", "text/event-stream", null, null);

    /// <summary>What a request gets that is not answered.</summary>
    public static byte[] Refusal(Admittance why) => why switch
    {
        Admittance.OtherMethod => Text("405 Method Not Allowed", "The dashboard is only looked at.", "Allow: GET"),
        Admittance.OtherPath => Text("404 Not Found", "There is no such page."),
        Admittance.Stranger => Whole("403 Forbidden", Html, StrangerPage(), null),
        _ => Text("403 Forbidden", "This page is for the browser on this machine that opened its address."),
    };

    /// <summary>What a page gets where as many as may be are connected.</summary>
    public static byte[] Full() => Text("503 Service Unavailable", "Too many pages are connected.");

    /// <summary>What a request gets that no browser sends.</summary>
    public static byte[] Malformed() => Text("400 Bad Request", "This is no request of a browser.");

    private static byte[] Text(string status, string text, params string[] headers) =>
        Whole(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text), null, headers);

    private static byte[] StrangerPage()
    {
        using MemoryStream stream = new();
        ReportPage.Write(
            "GenieLoad: this address opens nothing",
            [
                Element("header", Element("h1", "This address opens nothing")),
                Element("main",
                    Element("p", "An address of the dashboard opens once, and from then on only in the browser that opened it."),
                    Element("p", "For a new address, run Show-GenieDashboard with the id of the run in PowerShell.")),
            ],
            stream);
        return stream.ToArray();
    }

    private static byte[] Whole(string status, string type, byte[] body, string? script, params string?[] headers) =>
    [
        .. Head(status, type, script, FormattableString.Invariant($"Content-Length: {body.Length}"), headers), .. body,
    ];

    private static byte[] Head(string status, string type, string? script, string? length, params string?[] headers) =>
        Encoding.ASCII.GetBytes(string.Join("\r\n", new[]
        {
            $"HTTP/1.1 {status}",
            $"Content-Type: {type}",
            length,
            "Connection: close",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            $"Content-Security-Policy: {ReportPage.Policy(script)}; frame-ancestors 'none'",
        }.Concat(headers).OfType<string>()) + "\r\n\r\n");
}
