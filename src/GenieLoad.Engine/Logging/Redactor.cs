using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Logging;

/// <summary>
/// The one place that takes secrets out of text before anybody sees it: tokens, JSON web tokens, Authorization headers, client secrets,
/// signatures and the queries of presigned links. What is left still says what happened and where.
/// </summary>
public static partial class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mark = "***";

    // A needle this short would also be found in innocent words.
    private const int ShortestSecret = 6;

    private const string NotChecked = "(not shown: it could not be searched for secrets)";

    // Text without any of these holds nothing that the patterns look for. Most texts are done after this.
    private static readonly string[] Hints =
    [
        "eyJ", "dapi", "dkea", "dose", "bearer", "basic", "authorization", "signature", "sig=", "secret", "token", "password", "x-amz", "x-goog",
        "identity-header",
    ];

    /// <summary>The text without secrets.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="secrets">Secrets in use, which are taken out whatever they look like.</param>
    public static string Redact(string text, params string?[] secrets)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string? secret in secrets)
        {
            if (secret is { Length: >= ShortestSecret })
                text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }
        return MayHoldSecret(text) ? RedactForms(text) : text;
    }

    /// <summary>Whether the value behind a name is a secret by its name alone, as <c>download_id_signature</c> and <c>access_token</c> are.</summary>
    /// <param name="name">Name of a JSON property, a form field or a header.</param>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SecretName().IsMatch(name);
    }

    /// <summary>A link without its query, where a presigned link carries what opens it.</summary>
    /// <param name="link">The link.</param>
    public static string WithoutQuery(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        int query = link.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? link : string.Concat(link.AsSpan(0, query + 1), Mark);
    }

    private static bool MayHoldSecret(string text) => Array.Exists(Hints, hint => text.Contains(hint, StringComparison.OrdinalIgnoreCase));

    private static string RedactForms(string text)
    {
        try
        {
            text = PresignedLink().Replace(text, "${link}" + Mark);
            text = AuthorizationHeader().Replace(text, "${name}" + Mark);
            text = NamedSecret().Replace(text, "${name}" + Mark);
            text = Scheme().Replace(text, "${scheme} " + Mark);
            text = WebToken().Replace(text, Mark);
            return DatabricksToken().Replace(text, Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            // Better no text than one with a secret.
            return NotChecked;
        }
    }

    // The query of a link that is signed by Azure (sig), Amazon (X-Amz-…, Signature) or Google (X-Goog-…): all of it goes.
    [GeneratedRegex(
        """(?<link>https?://[^\s"'<>?]+\?)(?=[^\s"'<>]*?(?:sig|signature|x-amz-[a-z-]+|x-goog-[a-z-]+)=)[^\s"'<>]*""",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PresignedLink();

    [GeneratedRegex(
        """(?<name>\bauthorization\\?["']?\s*[:=]\s*\\?["']?)(?:(?:bearer|basic|digest)\s+)?[^\s"'\\,;]+""",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AuthorizationHeader();

    // name=value, name: value, "name":"value", and the last inside a JSON string, with its quotes escaped.
    [GeneratedRegex(
        """(?<name>(?<![A-Za-z0-9])(?:\w*_signature|(?:azure_)?client_?secret|access_?token|refresh_?token|id_?token|password|x-identity-header|x-databricks-azure-sp-management-token)\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\&,;<>}]+""",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedSecret();

    [GeneratedRegex(@"\b(?<scheme>Bearer|Basic)\s+[A-Za-z0-9._~+/-]{16,}=*", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebToken();

    // Personal access tokens, and the secrets of service principals.
    [GeneratedRegex(@"\b(?:dapi|dkea|dose)[A-Za-z0-9]{8,}(?:-\d+)?\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatabricksToken();

    [GeneratedRegex(
        "^(?:.*_signature|(?:azure_)?client_?secret|access_?token|refresh_?token|id_?token|password|authorization|x-identity-header|http_headers)$",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName();
}
