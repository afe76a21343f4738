using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Reports;

/// <summary>The lines of a text for the terminal. Names, causes and examples in them are others' words: none steers the terminal.</summary>
internal sealed class SummaryLines
{
    private readonly List<string> _lines = [];

    /// <summary>Adds a line.</summary>
    public void Add(string line) => _lines.Add(PrintableText.Line(line));

    /// <summary>Adds lines.</summary>
    public void AddRange(IEnumerable<string> lines) => _lines.AddRange(lines.Select(PrintableText.Line));

    /// <summary>Adds a line of figures, dimmed with escape sequences of our own.</summary>
    public void AddStyled(string line) => _lines.Add(line);

    /// <summary>Adds lines of figures, dimmed with escape sequences of our own.</summary>
    public void AddStyled(IEnumerable<string> lines) => _lines.AddRange(lines);

    /// <summary>The lines, parted by <c>\n</c>.</summary>
    public override string ToString() => string.Join('\n', _lines);
}
