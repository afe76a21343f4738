namespace GenieLoad.Engine.Mlflow.Artifacts;

/// <summary>
/// What a run's artifact address says: how its files are brought there, and where that is. Every part of the path is a plain name.
/// </summary>
/// <param name="Scheme">Such as <c>mlflow-artifacts</c>; empty for a bare path.</param>
/// <param name="Host">Host and port, where it names them.</param>
/// <param name="Segments">Parts of the path; of a folder, none.</param>
internal sealed record ArtifactRoot(string Scheme, string? Host, IReadOnlyList<string> Segments)
{
    private const int LongestScheme = 32;

    /// <summary>Whether it is a folder of some machine.</summary>
    public bool IsFolder => Scheme is "" or "file";

    /// <summary>The path, ready for an address: empty, or with a slash before it.</summary>
    public string EscapedPath => string.Concat(Segments.Select(segment => "/" + Uri.EscapeDataString(segment)));

    /// <summary>Reads an address; <see langword="null"/> for what is none.</summary>
    public static ArtifactRoot? Parse(string text)
    {
        // A drive letter is no scheme.
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 2 ? "" : text[..colon].ToLowerInvariant();
        if (scheme.Length > LongestScheme || !scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.'))
            return null;
        // Their paths are not looked at: they are for others than us.
        if (scheme is not ("mlflow-artifacts" or "http" or "https" or "dbfs"))
            return new ArtifactRoot(scheme, null, []);
        string rest = text[(colon + 1)..];
        string? host = null;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = rest.IndexOf('/', 2);
            host = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
        }
        bool isWeb = scheme is "http" or "https";
        if (isWeb ? !IsHost(host) : host is { Length: > 0 } && !IsHost(host))
            return null;
        // A web address is escaped already; a query would take the file's name into itself.
        if (isWeb && rest.AsSpan().ContainsAny('?', '#'))
            return null;
        IReadOnlyList<string>? segments = MlflowName.Segments(rest);
        return segments is null ? null : new ArtifactRoot(
            scheme, host is { Length: > 0 } ? host : null, isWeb ? [.. segments.Select(Uri.UnescapeDataString)] : segments);
    }

    /// <summary>Whether a text is host and port and nothing else.</summary>
    private static bool IsHost(string? text) =>
        text is { Length: > 0 } && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out Uri? uri)
        && uri.UserInfo.Length == 0 && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.Host.Length > 0
        && !text.AsSpan().ContainsAny("\\/@?#");
}
