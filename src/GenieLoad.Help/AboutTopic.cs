using System.Text;

namespace GenieLoad.Help;

/// <summary>Turns an <c>about_</c> page into the plain text that <c>Get-Help about_...</c> shows.</summary>
public static class AboutTopic
{
    private const int Width = 80;
    private const int Indent = 4;

    /// <summary>Reads a page and lays it out.</summary>
    /// <param name="file">Path of the page.</param>
    /// <exception cref="PageException">The page does not have the form.</exception>
    public static string ReadFile(string file) => Layout(file, MarkdownReader.ReadFile(file));

    /// <summary>Lays a page out: sections in capitals, text indented and wrapped at 80 columns.</summary>
    /// <param name="file">Path of the page; its name is the topic's.</param>
    /// <param name="blocks">What is on it.</param>
    /// <exception cref="PageException">The page does not have the form.</exception>
    public static string Layout(string file, IReadOnlyList<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        string name = Path.GetFileNameWithoutExtension(file);
        // Get-Help finds the one-line summary of a topic under this very heading.
        if (blocks is not [{ Kind: BlockKind.Heading, Level: 1 } title, { Kind: BlockKind.Heading, Level: 2 } first, ..]
            || title.Text != name || first.Text != "Short description")
        {
            throw new PageException(file, 1, $"A topic begins with '# {name}' and '## Short description'.");
        }

        StringBuilder text = new($"TOPIC\n    {name}\n");
        Block previous = title;
        foreach (Block block in blocks.Skip(1))
        {
            bool belongsToPrevious = previous is { Kind: BlockKind.Heading, Level: > 1 }
                || (block.Kind == BlockKind.Bullet && previous.Kind == BlockKind.Bullet);
            if (!belongsToPrevious || block.Kind == BlockKind.Heading)
                text.Append('\n');
            Append(text, block);
            previous = block;
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block.Kind)
        {
            case BlockKind.Heading when block.Level == 2:
                text.Append(PlainText.Of(block.Text).ToUpperInvariant()).Append('\n');
                break;
            case BlockKind.Heading:
                text.Append("  ").Append(PlainText.Of(block.Text)).Append('\n');
                break;
            case BlockKind.Code:
                AppendLines(text, block.Text, Indent * 2);
                break;
            case BlockKind.Table:
                AppendLines(text, PlainText.Of(block.Text), Indent);
                break;
            case BlockKind.Bullet:
                Wrap(text, "- " + PlainText.Of(block.Text), Indent + block.Level, hanging: 2);
                break;
            default:
                Wrap(text, PlainText.Of(block.Text), Indent, hanging: 0);
                break;
        }
    }

    private static void AppendLines(StringBuilder text, string lines, int indent)
    {
        foreach (string line in lines.Split('\n'))
            text.Append(line.Length == 0 ? "" : new string(' ', indent) + line).Append('\n');
    }

    private static void Wrap(StringBuilder text, string paragraph, int indent, int hanging)
    {
        StringBuilder line = new(new string(' ', indent));
        int start = line.Length;
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', indent + hanging);
                start = line.Length;
            }
            if (line.Length > start)
                line.Append(' ');
            line.Append(word);
        }
        text.Append(line).Append('\n');
    }
}
