using GenieLoad.Engine.Logging;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>What is said to people, whoever said it first: without secrets, and without anything that steers a terminal.</summary>
internal static class ShownText
{
    /// <summary>The text as it may be shown, with its lines.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string? text) => text is null ? "" : PrintableText.Of(Redactor.Redact(text));

    /// <summary>The text as it may be shown, in one line.</summary>
    /// <param name="text">Any text.</param>
    public static string Line(string? text) => PrintableText.Line(Of(text));
}
