namespace GenieLoad.Help;

/// <summary>What a piece of a Markdown page is.</summary>
public enum BlockKind
{
    /// <summary>A line that begins with <c>#</c>.</summary>
    Heading,

    /// <summary>Lines of prose, joined to one.</summary>
    Paragraph,

    /// <summary>One entry of a list.</summary>
    Bullet,

    /// <summary>Lines between fences.</summary>
    Code,

    /// <summary>Lines of a table, as they are.</summary>
    Table,
}

/// <summary>One piece of a Markdown page.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without the marks of its kind; lines of code and tables are kept apart by line feeds.</param>
/// <param name="Line">Line of the file on which the text begins, from 1.</param>
/// <param name="Level">Number of <c>#</c> of a heading, or spaces before a list entry.</param>
/// <param name="Language">Language named after the fence of code.</param>
public sealed record Block(BlockKind Kind, string Text, int Line, int Level = 0, string Language = "");
