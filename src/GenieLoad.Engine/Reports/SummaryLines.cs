using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Reports;

/// <summary>The lines of a text for the terminal. Names, causes and examples in them are others' words: none steers the terminal.</summary>
internal sealed class SummaryLines
{
    private readonly List<string> _lines = [];

    /// <summary>Adds a line.</summary>
    public void Add(string line) => _lines.Add(PrintableText.Line(line));

    /// <summary>Adds a line in a colour, whose escape sequences are ours.</summary>
    public void Add(string line, string colour, string reset) =>
        _lines.Add(colour.Length == 0 ? PrintableText.Line(line) : colour + PrintableText.Line(line) + reset);

    /// <summary>Adds lines.</summary>
    public void AddRange(IEnumerable<string> lines) => _lines.AddRange(lines.Select(PrintableText.Line));

    /// <summary>Adds a line of figures, dimmed with escape sequences of our own.</summary>
    public void AddStyled(string line) => _lines.Add(line);

    /// <summary>The lines, parted by <c>\n</c>.</summary>
    public override string ToString() => string.Join('\n', _lines);
}
