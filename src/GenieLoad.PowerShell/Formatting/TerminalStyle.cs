using System.Management.Automation;
using System.Text;
using GenieLoad.Engine.Reports;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>How texts may look on the terminal of this session.</summary>
internal static class TerminalStyle
{
    /// <summary>The look of a summary.</summary>
    /// <param name="terminal">Whether escape sequences are shown, and not written to a file.</param>
    /// <param name="style"><c>$PSStyle</c>: a type that this assembly does not know.</param>
    public static SummaryStyle Of(bool terminal, object? style)
    {
        if (!terminal)
            return SummaryStyle.Plain;
        // A console with a code page of its own shows question marks for what it has not.
        bool unicode = Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage;
        SummaryStyle plain = new() { HasSigns = unicode, HasBlocks = unicode };
        if (style is null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || Member(style, "OutputRendering") == "PlainText")
        {
            return plain;
        }

        return plain with
        {
            Good = Member(style, "Foreground", "Green"),
            Bad = Member(style, "Foreground", "BrightRed"),
            Unsure = Member(style, "Foreground", "Yellow"),
            Dim = Member(style, "Dim"),
            Reset = Member(style, "Reset"),
        };
    }

    /// <summary>The text of a property, or of a property of it.</summary>
    private static string Member(object? value, params string[] names)
    {
        foreach (string name in names)
            value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        return $"{value}";
    }
}
