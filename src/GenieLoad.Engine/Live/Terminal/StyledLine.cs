using System.Text;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>
/// One line of a screen, made of pieces with a style each, and never longer than the screen is wide. Pieces may be words of others:
/// they lose their secrets and what steers a terminal.
/// </summary>
/// <param name="width">Columns of the screen.</param>
/// <param name="reset">Ends a style.</param>
internal sealed class StyledLine(int width, string reset)
{
    private const char Cut = '\u2026';

    private readonly StringBuilder _text = new();
    private int _length;

    /// <summary>Columns that are left, of characters that are one column wide.</summary>
    public int Left => width - _length;

    /// <summary>Adds a piece, cut to what is left.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="style">Escape sequence of ours before it; empty for none.</param>
    public StyledLine Add(string? text, string style = "")
    {
        string shown = PrintableText.Line(Redactor.Redact(text ?? ""));
        if (shown.Length > Left)
            shown = Left <= 0 ? "" : CutTo(shown, Left - 1) + Cut;
        if (shown.Length == 0)
            return this;
        _text.Append(style).Append(shown);
        if (style.Length > 0)
            _text.Append(reset);
        _length += shown.Length;
        return this;
    }

    /// <summary>Fills up with blanks.</summary>
    /// <param name="columns">Up to this column.</param>
    public StyledLine To(int columns) => Add(new string(' ', Math.Max(0, Math.Min(columns, width) - _length)));

    /// <summary>The line.</summary>
    public override string ToString() => _text.ToString();

    private static string CutTo(string text, int length) =>
        text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
