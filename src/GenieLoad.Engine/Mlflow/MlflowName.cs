namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// What a store names a thing by: an id, a part of a path. It becomes part of an address or of a path of this machine only when it is a plain name.
/// </summary>
internal static class MlflowName
{
    private const int LongestId = 256;
    private const int LongestSegment = 255;

    /// <summary>Whether a text is the id of a run or an experiment: letters, digits, hyphens and underscores.</summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= LongestId } && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>
    /// Whether a text is one part of a path and nothing else: not empty, not <c>.</c> or <c>..</c>, without slash, backslash, drive letter, control or
    /// half characters, and none of these in percent notation either.
    /// </summary>
    public static bool IsSegment(string? text) => text is { Length: > 0 and <= LongestSegment } && IsPlain(text) && IsPlain(Uri.UnescapeDataString(text));

    /// <summary>The parts of a relative path; <see langword="null"/> where one of them is none. Slashes before and after it do not count.</summary>
    public static IReadOnlyList<string>? Segments(string path)
    {
        string inner = path.Trim('/');
        string[] segments = inner.Length == 0 ? [] : inner.Split('/');
        return Array.TrueForAll(segments, IsSegment) ? segments : null;
    }

    private static bool IsPlain(string text)
    {
        if (text.Trim() is "" or "." or ".." || text is [_, ':', ..])
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '/' or '\\' || char.IsControl(text[i]))
                return false;
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return false;
        }
        return true;
    }
}
