using System.Text;

namespace GenieLoad.Engine.Reports.Markdown;

/// <summary>Pieces of Markdown as GitHub and GitLab read it.</summary>
internal static class MarkdownText
{
    private const string Escaped = "\\`*_[]|~#$!{}";

    /// <summary>A text that reads as itself, in one line: no markup, no HTML, no cell border, no link, nobody called by name.</summary>
    public static string Escape(string? text, int most)
    {
        StringBuilder markdown = new();
        foreach (char c in ReportText.OneLine(text, most))
        {
            _ = c switch
            {
                '<' => markdown.Append("&lt;"),
                '>' => markdown.Append("&gt;"),
                '&' => markdown.Append("&amp;"),

                // An empty comment parts what would call a person.
                '@' => markdown.Append("@<!-- -->"),
                _ when Escaped.Contains(c, StringComparison.Ordinal) => markdown.Append('\\').Append(c),
                _ => markdown.Append(c),
            };
        }

        // Addresses are made links without being asked.
        return markdown.Replace("://", ":<!-- -->//").Replace("www.", "www<!-- -->.").ToString();
    }

    /// <summary>A table: names of columns, those that hold numbers with a colon behind, and cells that are Markdown already.</summary>
    public static string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => string.Join('\n',
    [
        Row([.. columns.Select(column => column.TrimEnd(':'))]),
        Row([.. columns.Select(column => column.EndsWith(':') ? "---:" : "---")]),
        .. rows.Select(Row),
    ]);

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";
}
