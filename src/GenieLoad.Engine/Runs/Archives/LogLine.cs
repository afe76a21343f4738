using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Runs.Archives;

/// <summary>One line of a log, parted from what a collector has put before it.</summary>
/// <param name="Source">What was put before it, instants left out: lines of one source have the same.</param>
/// <param name="Text">The line itself, without blanks in it; empty for any that has some, or is no text.</param>
/// <param name="RunId">Id of the run whose block begins here; <see langword="null"/> otherwise.</param>
/// <param name="IsEnd">Whether a block ends here.</param>
internal readonly record struct LogLine(string Source, string Text, string? RunId, bool IsEnd)
{
    private const int LongestPrefix = 1000;

    /// <summary>Parts a line.</summary>
    public static LogLine Of(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd(" \t\r"u8);
        int begin = bytes.IndexOf(Encoding.ASCII.GetBytes(RunLogBlock.Begin));
        int end = begin < 0 && bytes.EndsWith(Encoding.ASCII.GetBytes(RunLogBlock.End)) ? bytes.Length - RunLogBlock.End.Length : -1;
        int start = begin >= 0 ? begin : end >= 0 ? end : bytes.LastIndexOfAny((byte)' ', (byte)'\t') + 1;
        if (start > LongestPrefix)
            return default(LogLine) with { Source = "", Text = "" };
        string text = Encoding.UTF8.GetString(bytes[start..]);
        string? runId = begin >= 0 && text.Length > RunLogBlock.Begin.Length
            && text.EndsWith(RunLogBlock.BeginEnd, StringComparison.Ordinal)
            ? text[RunLogBlock.Begin.Length..^RunLogBlock.BeginEnd.Length]
            : null;
        return new LogLine(SourceOf(Encoding.UTF8.GetString(bytes[..start])), text, runId, end >= 0);
    }

    private static string SourceOf(string prefix) => string.Join(
        ' ', prefix.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => !IsInstant(word)));

    private static bool IsInstant(string word) => word.Any(char.IsAsciiDigit) && (word.Contains(':') || word.Contains('-'))
        && DateTime.TryParse(word.Trim('[', ']'), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
