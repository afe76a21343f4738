using System.Management.Automation;
using System.Management.Automation.Internal;

namespace GenieLoad.Host.Terminals;

/// <summary>Standard output or standard error.</summary>
/// <param name="writer">Where the text goes.</param>
/// <param name="isScreen">Whether it is a screen that understands escape sequences.</param>
/// <param name="hasColours">Whether colours are wanted there.</param>
internal sealed class TerminalStream(TextWriter writer, bool isScreen, bool hasColours)
{
    public bool IsScreen { get; } = isScreen;

    public bool HasColours { get; } = hasColours;

    public void Write(string text) => writer.Write(text);

    /// <summary>The text as this stream shows it: with its own colours, else all in the one given, else without any.</summary>
    public string Paint(string text, string colour = "")
    {
        if (!HasColours)
            return new StringDecorated(text).ToString(OutputRendering.PlainText);
        return text.Contains('\e') || colour.Length == 0 ? text : colour + text + "\e[0m";
    }
}
