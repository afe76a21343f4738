using System.Text.RegularExpressions;

namespace GenieLoad.Help;

/// <summary>Takes the marks of Markdown off a line, for a console that shows text as it is.</summary>
public static partial class PlainText
{
    /// <summary>The text without marks: <c>**bold**</c>, <c>`code`</c> and links keep their words only.</summary>
    /// <param name="markdown">One paragraph.</param>
    public static string Of(string markdown) => Mark().Replace(
        markdown,
        static mark => mark.Groups["code"].Success ? mark.Groups["code"].Value
            : mark.Groups["bold"].Success ? mark.Groups["bold"].Value
            : mark.Groups["address"].Value.StartsWith("http", StringComparison.Ordinal)
                ? $"{mark.Groups["words"].Value} ({mark.Groups["address"].Value})"
                : mark.Groups["words"].Value);

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\[(?<words>[^\]]+)\]\((?<address>[^)]+)\)")]
    private static partial Regex Mark();
}
