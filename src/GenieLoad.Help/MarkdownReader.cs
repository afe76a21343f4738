using System.Text.RegularExpressions;

namespace GenieLoad.Help;

/// <summary>Reads as much of Markdown as our pages use: headings, paragraphs, lists, fenced code and tables.</summary>
public static partial class MarkdownReader
{
    private const string Fence = "```";

    /// <summary>Reads a file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <exception cref="PageException">A fence is not closed.</exception>
    public static IReadOnlyList<Block> ReadFile(string file) => Read(file, File.ReadAllText(file));

    /// <summary>Reads a text.</summary>
    /// <param name="file">Name of the file, for errors.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="PageException">A fence is not closed.</exception>
    public static IReadOnlyList<Block> Read(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        List<Block> blocks = [];
        for (int i = 0; i < lines.Length;)
        {
            string line = lines[i].Trim();
            if (line.Length == 0)
                i++;
            else if (line.StartsWith(Fence, StringComparison.Ordinal))
                i = ReadCode(file, lines, i, blocks);
            else if (HeadingForm().Match(line) is { Success: true } heading)
                blocks.Add(new Block(BlockKind.Heading, heading.Groups[2].Value.Trim(), ++i, heading.Groups[1].Length));
            else if (line[0] == '|')
                i = ReadTable(lines, i, blocks);
            else
                i = ReadProse(lines, i, blocks);
        }
        return blocks;
    }

    private static int ReadCode(string file, string[] lines, int start, List<Block> blocks)
    {
        int indent = lines[start].Length - lines[start].TrimStart().Length;
        // A fence of four ticks may hold fences of three.
        string fence = new('`', lines[start].Trim().TakeWhile(static c => c == '`').Count());
        int end = Array.FindIndex(lines, start + 1, line => line.Trim() == fence);
        if (end < 0)
            throw new PageException(file, start + 1, "The code that begins here has no closing fence.");
        IEnumerable<string> code = lines[(start + 1)..end].Select(line => line[Math.Min(indent, line.Length - line.TrimStart().Length)..]);
        blocks.Add(new Block(BlockKind.Code, string.Join('\n', code), start + 2, Language: lines[start].Trim()[fence.Length..].Trim()));
        return end + 1;
    }

    private static int ReadTable(string[] lines, int start, List<Block> blocks)
    {
        int end = start;
        while (end < lines.Length && lines[end].TrimStart().StartsWith('|'))
            end++;
        blocks.Add(new Block(BlockKind.Table, string.Join('\n', lines[start..end].Select(line => line.Trim())), start + 1));
        return end;
    }

    private static int ReadProse(string[] lines, int start, List<Block> blocks)
    {
        Match bullet = BulletForm().Match(lines[start]);
        List<string> prose = [bullet.Success ? bullet.Groups[2].Value : lines[start].Trim()];
        int end = start + 1;
        while (end < lines.Length && !EndsProse(lines[end]))
            prose.Add(lines[end++].Trim());
        blocks.Add(new Block(
            bullet.Success ? BlockKind.Bullet : BlockKind.Paragraph,
            string.Join(' ', prose.Select(line => line.Trim())),
            start + 1,
            bullet.Groups[1].Length));
        return end;
    }

    private static bool EndsProse(string line)
    {
        string trimmed = line.Trim();
        return trimmed.Length == 0 || trimmed[0] == '|' || trimmed.StartsWith(Fence, StringComparison.Ordinal)
            || HeadingForm().IsMatch(trimmed) || BulletForm().IsMatch(line);
    }

    [GeneratedRegex("^(#{1,6}) +(.*)$")]
    private static partial Regex HeadingForm();

    [GeneratedRegex("^( *)[-*] +(.*)$")]
    private static partial Regex BulletForm();
}
