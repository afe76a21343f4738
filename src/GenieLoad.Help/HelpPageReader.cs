namespace GenieLoad.Help;

/// <summary>Reads a cmdlet's page. <c>docs/help-pages.md</c> describes its form.</summary>
public static class HelpPageReader
{
    private static readonly string[] TypeSeparators = [" — ", " - "];

    /// <summary>Reads a page.</summary>
    /// <param name="file">Path of the page.</param>
    /// <exception cref="PageException">The page does not have the form.</exception>
    public static HelpPage ReadFile(string file) => Read(file, MarkdownReader.ReadFile(file));

    /// <summary>Reads a page.</summary>
    /// <param name="file">Path of the page; its name is the cmdlet's.</param>
    /// <param name="blocks">What is on it.</param>
    /// <exception cref="PageException">The page does not have the form.</exception>
    public static HelpPage Read(string file, IReadOnlyList<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        HelpPage page = new() { File = file, Name = Path.GetFileNameWithoutExtension(file) };
        if (blocks is not [{ Kind: BlockKind.Heading, Level: 1 } title, { Kind: BlockKind.Paragraph } synopsis, ..])
            throw new PageException(file, 1, "A page begins with '# Verb-Noun' and one sentence.");
        if (title.Text != page.Name)
            throw new PageException(file, title.Line, $"The title is '{title.Text}' and the file is named '{page.Name}'.");

        page.Synopsis = PlainText.Of(synopsis.Text);
        string section = "";
        string entry = "";
        foreach (Block block in blocks.Skip(2))
        {
            if (block is { Kind: BlockKind.Heading, Level: 2 })
                (section, entry) = (block.Text, "");
            else if (block is { Kind: BlockKind.Heading, Level: 3 } && section is "Parameters" or "Examples")
                AddEntry(page, section, entry = block.Text, block);
            else
                Add(page, section, entry, block);
        }
        return page;
    }

    private static void AddEntry(HelpPage page, string section, string entry, Block block)
    {
        if (section == "Examples")
            page.Examples.Add(new HelpExample(PlainText.Of(entry), []));
        else if (!entry.StartsWith('-') || !page.Parameters.TryAdd(entry[1..], []))
            throw new PageException(page.File, block.Line, $"'{entry}' is not '-Name' of a parameter, or is there twice.");
    }

    private static void Add(HelpPage page, string section, string entry, Block block)
    {
        switch (section)
        {
            case "Description":
                page.Description.Add(block);
                break;
            case "Notes":
                page.Notes.Add(block);
                break;
            case "Parameters" when entry.Length > 0:
                page.Parameters[entry[1..]].Add(block);
                break;
            case "Examples" when entry.Length > 0:
                page.Examples[^1].Blocks.Add(block);
                break;
            case "Inputs":
                page.Inputs.Add(TypeOf(block));
                break;
            case "Outputs":
                page.Outputs.Add(TypeOf(block));
                break;
            case "Related" when block.Kind == BlockKind.Bullet:
                page.Related.Add(PlainText.Of(block.Text));
                break;
            default:
                throw new PageException(
                    page.File,
                    block.Line,
                    section.Length == 0
                        ? "Text before the first '## ' section; the synopsis is one paragraph."
                        : $"Section '{section}' is not known, or does not hold this.");
        }
    }

    private static HelpType TypeOf(Block block)
    {
        string text = PlainText.Of(block.Text);
        string[] parts = text.Split(TypeSeparators, 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 ? new HelpType(parts[0], parts[1]) : new HelpType(text, "");
    }
}
