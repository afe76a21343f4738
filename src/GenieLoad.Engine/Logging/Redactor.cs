using System.Buffers;

namespace GenieLoad.Engine.Logging;

/// <summary>
/// The one place that takes secrets out of text before anybody sees it: what is in use by value (<see cref="LiveSecrets"/>), and by their
/// form tokens, JSON web tokens, Authorization headers, client secrets, signatures, passwords in addresses and the queries of presigned
/// links. What is left still says what happened and where. The work is in step with the length of the text, whatever it holds.
/// </summary>
public static class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mark = "***";

    // Every form of a secret needs another letter, a quotation mark or a colon.
    private static readonly SearchValues<char> OfIds = SearchValues.Create("0123456789abcdef-. =/");

    // Nearly every text has none of them.
    private static readonly string[] Signs =
        [.. LinkSecrets.Signs.Concat(NamedSecrets.Signs).Concat(TokenForms.Signs).Select(sign => sign.ToLowerInvariant())];

    /// <summary>Whether a text of nothing but the digits and hyphens of an id stays as it is.</summary>
    internal static bool KeepsIds => LiveSecrets.Index.IsEmpty;

    /// <summary>The text without secrets.</summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Ids and numbers have the form of no secret. One may still be in use.
        bool isPlain = text.AsSpan().IndexOfAnyExcept(OfIds) < 0;
        if (isPlain && KeepsIds)
            return text;
        var cut = new CutText(text);
        LiveSecrets.Index.Cut(cut);
        if (isPlain || !HasSign(text))
            return cut.ToString();
        LinkSecrets.Cut(cut);
        NamedSecrets.Cut(cut);
        TokenForms.Cut(cut);
        return cut.ToString();
    }

    private static bool HasSign(string text)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length);
        Span<char> lower = rented.AsSpan(0, text.Length);
        CutText.ToLower(text, lower);
        bool found = false;
        for (int i = 0; i < Signs.Length && !found; i++)
            found = lower.IndexOf(Signs[i]) >= 0;
        ArrayPool<char>.Shared.Return(rented);
        return found;
    }

    /// <summary>
    /// Whether the value behind a name is a secret by its name alone, as <c>download_id_signature</c> and <c>access_token</c> are.
    /// </summary>
    /// <param name="name">Name of a JSON property, a form field or a header.</param>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NamedSecrets.IsName(name);
    }

    /// <summary>A link without its query, where a presigned link carries what opens it.</summary>
    /// <param name="link">The link.</param>
    public static string WithoutQuery(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        int query = link.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? link : string.Concat(link.AsSpan(0, query + 1), Mark);
    }
}
