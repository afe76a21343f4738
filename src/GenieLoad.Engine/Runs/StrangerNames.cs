using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Runs;

/// <summary>Names of files that somebody else put into a run's folder, as a sentence shows them.</summary>
public static class StrangerNames
{
    private const int MostShown = 5;

    /// <summary>
    /// The names in words: <c>'a.txt', 'b' and 3 more</c>. A name may hold anything, so control characters are spelled out.
    /// </summary>
    /// <param name="names">The names.</param>
    public static string InWords(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string shown = string.Join(", ", names.Take(MostShown).Select(name => $"'{PrintableText.Line(name)}'"));
        return names.Count > MostShown ? $"{shown} and {names.Count - MostShown} more" : shown;
    }
}
