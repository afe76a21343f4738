namespace GenieLoad.Engine.Genie;

/// <summary>
/// The way through a list that comes in pages. The service says whether there is a next one; that it always says so must not keep anybody for ever.
/// </summary>
/// <param name="what">What the list is of, for people: <c>spaces</c>.</param>
/// <param name="time">Clock of the way.</param>
internal sealed class PageWalk(string what, TimeProvider time)
{
    // 10,000 conversations, the most that a space holds, come in 100 pages of 100.
    private const int MostPages = 1000;
    private const long MostBytes = 64L * 1024 * 1024;
    private const double MostSeconds = 120;
    private const int LongestToken = 4096;

    private readonly long _begin = time.GetTimestamp();
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Goes on to the next page.</summary>
    /// <param name="token">Token that the page names; empty after the last.</param>
    /// <param name="pageBytes">Bytes of the page.</param>
    /// <returns>The token; <see langword="null"/> after the last page.</returns>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>.</exception>
    public string? Next(string? token, int pageBytes)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        _bytes += pageBytes;
        if (token.Length > LongestToken)
            throw GenieErrors.ListWithoutEnd(what, FormattableString.Invariant($"a page token has {token.Length:#,0} characters, and {LongestToken:#,0} are taken"));
        if (!_tokens.Add(token))
            throw GenieErrors.ListWithoutEnd(what, $"page {_tokens.Count + 1} names a page that was read before as the next one");
        if (_tokens.Count >= MostPages)
            throw GenieErrors.ListWithoutEnd(what, FormattableString.Invariant($"there are more than {MostPages:#,0} pages"));
        if (_bytes > MostBytes)
            throw GenieErrors.ListWithoutEnd(what, $"its pages have more than {MostBytes / (1024 * 1024)} MiB");
        if (time.GetElapsedTime(_begin).TotalSeconds > MostSeconds)
            throw GenieErrors.ListWithoutEnd(what, $"there were more pages after {MostSeconds} s");
        return token;
    }
}
