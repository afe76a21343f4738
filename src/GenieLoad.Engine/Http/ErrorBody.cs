using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Http;

/// <summary>
/// Reads what the service says of an error, in any of the shapes it is known to use: JSON with <c>error_code</c> and <c>message</c>, JSON
/// with
/// <c>error</c>, plain text, an HTML page, nothing.
/// </summary>
/// <param name="Code">The service's code, where it gave one.</param>
/// <param name="Message">In words; never empty.</param>
/// <param name="RequestId">The service's id of the request, where given.</param>
internal sealed partial record ErrorBody(string? Code, string Message, string? RequestId)
{
    /// <summary>Whether it has the form in which Databricks itself answers: JSON with <c>error_code</c>.</summary>
    public bool IsOfService { get; init; }

    /// <summary>Whether it is a page for people, HTML, which no part of these services answers with.</summary>
    public bool IsPage { get; init; }

    private const int LongestMessage = 1000;
    private const int LongestPage = 4096;

    /// <summary>Bytes of a body that are looked at.</summary>
    public const int LongestBody = 64 * 1024;

    /// <summary>Reads a body; never throws.</summary>
    public static ErrorBody Read(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        string text = Encoding.UTF8.GetString(MendedJson.Of(body[..Math.Min(body.Length, LongestBody)]).Span).Trim();
        if (text.StartsWith('{') && TryReadJson(text, out ErrorBody? json))
            return json with { Message = Shorten(json.Message, status) };
        if (text.StartsWith('<'))
            return new ErrorBody(null, Shorten(ReadHtml(text), status), null) { IsPage = true };
        Match coded = CodeAndText().Match(text);
        return coded.Success
            ? new ErrorBody(coded.Groups["code"].Value, Shorten(coded.Groups["text"].Value, status), null)
            : new ErrorBody(null, Shorten(text, status), null);
    }

    private static bool TryReadJson(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ErrorBody? result)
    {
        result = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            // Gateways put code and message one level down: {"error":{"code":...,"message":...}}.
            if (root.TryGetProperty("error", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
                root = inner;
            string? message = Text(root, "message") ?? Text(root, "error_description") ?? Text(root, "detail");
            string? code = Text(root, "error_code") ?? Text(root, "error") ?? Text(root, "code");
            result = new ErrorBody(code, message ?? code ?? "", RequestIdOf(root))
            {
                IsOfService = !string.IsNullOrEmpty(Text(document.RootElement, "error_code")),
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: JSON that is no object.
            return false;
        }
    }

    private static string? RequestIdOf(JsonElement root)
    {
        if (!root.TryGetProperty("details", out JsonElement details) || details.ValueKind != JsonValueKind.Array)
            return null;
        foreach (JsonElement detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object && Text(detail, "request_id") is string id)
                return id;
        }
        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static string ReadHtml(string html)
    {
        // A page says what it is at its beginning; the rest only costs time.
        Match inner = HtmlMessage().Match(html[..Math.Min(html.Length, LongestPage)]);
        return WebUtility.HtmlDecode(inner.Success ? inner.Groups["text"].Value.Trim() : "an HTML page instead of an answer");
    }

    private static string Shorten(string message, HttpStatusCode status)
    {
        if (message.Length == 0)
            return $"HTTP {(int)status} ({status}) without any explanation";
        message = Redactor.Redact(message);
        string cut = message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage), "…");
        // What a service says must not steer the terminal that shows it.
        return string.Create(cut.Length, cut, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? ' ' : text[i];
        });
    }

    [GeneratedRegex(@"^(?<code>[A-Z][A-Z0-9_]{2,}):\s*(?<text>.+)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeAndText();

    [GeneratedRegex(
        "<(?<tag>pre|title)[^>]*>(?<text>.*?)</\\k<tag>>", RegexOptions.Singleline | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HtmlMessage();
}
