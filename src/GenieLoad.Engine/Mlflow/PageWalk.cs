using System.Globalization;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Turns the pages of one list, and ends it where the server does not: by pages, bytes and time, and when a page token comes again.</summary>
/// <param name="location">The server, for people.</param>
/// <param name="call">What is read, for people.</param>
/// <param name="time">Clock.</param>
internal sealed class PageWalk(string location, string call, TimeProvider time)
{
    /// <summary>Most pages of one list; of runs, a million.</summary>
    public const int MostPages = 1000;

    /// <summary>Most bytes of one list.</summary>
    public const long MostBytes = 256L * 1024 * 1024;

    /// <summary>Most time for one list.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMinutes(15);

    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly long _begin = time.GetTimestamp();
    private long _bytes;

    /// <summary>Takes note of a page.</summary>
    /// <param name="bytes">Its length.</param>
    /// <exception cref="Model.GenieLoadException"><c>MlflowPagesWithoutEnd</c>.</exception>
    public void Took(long bytes)
    {
        _bytes += bytes;
        if (_bytes > MostBytes)
            throw TooMuch($"{_bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, more than {MostBytes / (1024 * 1024)} MB");
    }

    /// <summary>The token of the next page; <see langword="null"/> at the end.</summary>
    /// <exception cref="Model.GenieLoadException"><c>MlflowPagesWithoutEnd</c>.</exception>
    public string? Next(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        if (!_tokens.Add(token))
            throw TooMuch("next_page_token is one that it had given before");
        if (_tokens.Count >= MostPages)
            throw TooMuch($"more than {MostPages} pages");
        if (time.GetElapsedTime(_begin) > MostTime)
            throw TooMuch($"they took more than {MostTime.TotalMinutes:0} minutes");
        return token;
    }

    private Model.GenieLoadException TooMuch(string reason) => MlflowErrors.MlflowPagesWithoutEnd(location, call, reason);
}
