using GenieLoad.Model;

namespace GenieLoad.Engine.Paging;

/// <summary>
/// The way through a list that comes in pages. The service says whether there is a next one; that it always says so must not keep anybody
/// for ever.
/// </summary>
/// <param name="limits">How far it goes.</param>
/// <param name="time">Clock of the way.</param>
/// <param name="withoutEnd">Makes the error of a list that has no end, from the limit that was met.</param>
internal sealed class PageWalk(PageLimits limits, TimeProvider time, Func<string, GenieLoadException> withoutEnd)
{
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly long _begin = time.GetTimestamp();
    private long _bytes;

    /// <summary>Takes note of a page.</summary>
    /// <param name="bytes">Its length.</param>
    /// <exception cref="GenieLoadException">The pages are too large.</exception>
    public void Took(long bytes)
    {
        _bytes += bytes;
        if (_bytes > limits.Bytes)
            throw withoutEnd($"its pages have more than {limits.Bytes / (1024 * 1024)} MiB");
    }

    /// <summary>The token of the next page; <see langword="null"/> after the last.</summary>
    /// <param name="token">What the page names as the next; empty after the last.</param>
    /// <exception cref="GenieLoadException">There are too many, they take too long, or a token was given before or is too long.</exception>
    public string? Next(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        if (token.Length > limits.TokenLength)
        {
            throw withoutEnd(FormattableString.Invariant(
                $"a page token has {token.Length:#,0} characters, more than {limits.TokenLength:#,0}"));
        }
        if (!_tokens.Add(token))
            throw withoutEnd("a page names as the next one a page that was read before");
        if (_tokens.Count >= limits.Pages)
            throw withoutEnd(FormattableString.Invariant($"there are more than {limits.Pages:#,0} pages"));
        if (time.GetElapsedTime(_begin) > limits.Time)
            throw withoutEnd(FormattableString.Invariant($"there were more pages after {limits.Time.TotalMinutes:0} minutes"));
        return token;
    }
}
