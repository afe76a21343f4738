using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// What a store names a thing by: an id, a part of a path. It becomes part of an address or of a path of this machine only when it is a
/// plain name.
/// </summary>
internal static class MlflowName
{
    private const int LongestId = 256;

    /// <summary>Whether a text is the id of a run or an experiment: letters, digits, hyphens and underscores.</summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= LongestId } && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>
    /// Whether a text is one part of a path and nothing else, on this machine too: <see cref="PathSegment.IsOne"/>, without a drive letter.
    /// A percent sign may be in the names of others' files, as long as what it stands for is no more than a part of a path either.
    /// </summary>
    public static bool IsSegment(string? text) =>
        text is { Length: <= PathSegment.Longest } and not [_, ':', ..] && PathSegment.IsOne(WithoutPercent(text))
        && PathSegment.IsOne(WithoutPercent(Uri.UnescapeDataString(text)));

    /// <summary>
    /// The parts of a relative path; <see langword="null"/> where one of them is none. Slashes before and after it do not count.
    /// </summary>
    public static IReadOnlyList<string>? Segments(string path)
    {
        string inner = path.Trim('/');
        string[] segments = inner.Length == 0 ? [] : inner.Split('/');
        return Array.TrueForAll(segments, IsSegment) ? segments : null;
    }

    private static string WithoutPercent(string text) => text.Replace('%', '_');
}
