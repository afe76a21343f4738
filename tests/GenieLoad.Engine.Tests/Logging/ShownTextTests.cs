using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Tests.Logging;

/// <summary>How values and long texts are shown.</summary>
public sealed class ShownTextTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "empty" },
        { "a\nb\u001b", "'a b\u27E8U+001B\u27E9'" },
        { 1.5, "1.5" },
        { true, "True" },
        { new Unnamed(), "empty" },
        { new Dictionary<string, int> { ["a"] = 1 }, "a table" },
        { new object?[] { 1, "b", null, new[] { 2 } }, "1, 'b', empty, a list" },
        { Enumerable.Range(1, 21).ToArray(), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20" },
        { new string('a', 80), $"'{new string('a', 80)}'" },
        { new string('a', 81), $"'{new string('a', 77)}...'" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_one_short_line(object? value, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            Assert.Equal(expected, ShownValue.Of(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", 5, "")]
    [InlineData("  abc  ", 5, "abc")]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcde f", 5, "abcde|f")]
    [InlineData("abcd  f", 5, "abcd|f")]
    [InlineData("ab cd ef", 5, "ab cd|ef")]
    [InlineData("ab cde fg", 5, "ab|cde|fg")]
    [InlineData("abcdefgh", 5, "abcde|fgh")]
    [InlineData("abcd\U0001F3D4ef", 5, "abcd|\U0001F3D4ef")]
    [InlineData("abc\U0001F3D4ef", 5, "abc\U0001F3D4|ef")]
    [InlineData("abcdefgh", 1, "a|b|c|d|e|f|g|h")]
    public void A_text_is_broken_between_words_and_a_long_word_within(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), WrappedText.Lines(text, width));

    [Fact]
    public void Further_lines_hang_below_the_first_word()
    {
        Assert.Equal(["- ab", "  cd"], WrappedText.Hanging("- ", "ab cd", 4));
        Assert.Equal(["- a", "  b"], WrappedText.Hanging("- ", "a b", 1));
    }

    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\r", "a\u27E8U+000D\u27E9")]
    [InlineData("\u007F", "\u27E8U+007F\u27E9")]
    [InlineData("~ ", "~ ")]
    [InlineData("\u001F", "\u27E8U+001F\u27E9")]
    [InlineData("\u00E9\n\t", "\u00E9\n\t")]
    [InlineData("\u0600\u0601\u0602\u0603\u0604\u0605\u06DD\u070F\u08E2", "\u0600\u0601\u0602\u0603\u0604\u0605\u06DD\u070F\u08E2")]
    [InlineData("\U000110BD\U000110CD", "\U000110BD\U000110CD")]
    [InlineData("\u0890\u0891", "\u0890\u0891")]
    [InlineData("\uFFFE\U0001FFFE\U0001FFFF", "\u27E8U+FFFE\u27E9\u27E8U+1FFFE\u27E9\u27E8U+1FFFF\u27E9")]
    [InlineData("\u0378\U0002FFFD", "\u0378\U0002FFFD")]
    [InlineData("\U000E0FFF\U000E0000", "\u27E8U+E0FFF\u27E9\u27E8U+E0000\u27E9")]
    [InlineData("\u200C\u0645", "\u27E8U+200C\u27E9\u0645")]
    [InlineData("\u0645\u200C", "\u0645\u27E8U+200C\u27E9")]
    [InlineData("\u0645\u200Da", "\u0645\u27E8U+200D\u27E9a")]
    [InlineData("a\u200D\u0645", "a\u27E8U+200D\u27E9\u0645")]
    [InlineData("\u0645\u200D\u200C\u0645", "\u0645\u27E8U+200D\u27E9\u200C\u0645")]
    [InlineData("\u0600\u200D\u0600", "\u0600\u200D\u0600")]
    public void Each_kind_of_character_is_shown_or_spelled_out(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void A_log_that_cannot_be_opened_names_its_path()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "a.log");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => LogFile.Open(path));

        Assert.Equal(("LogNotWritable", path), (error.ErrorId, error.Target));
        Assert.IsType<DirectoryNotFoundException>(error.InnerException);
        Assert.Equal("LogNotWritable", Assert.Throws<GenieLoadException>(() => LogFile.Open(Path.GetTempPath())).ErrorId);
    }

    [Fact]
    public void A_log_appends_every_event_to_its_file()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".log");
        var noon = new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
        try
        {
            foreach (LogSeverity severity in Enum.GetValues<LogSeverity>())
            {
                using LogFile log = LogFile.Open(path);
                Assert.True(log.IsEnabled(severity));
                log.Write(new LogEvent(noon, severity, "one", null));
            }

            Assert.Equal(
                Enum.GetValues<LogSeverity>().Select(severity => $"2026-05-04T12:00:00.000Z {severity} one"), File.ReadLines(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void No_level_is_none()
    {
        var log = new EngineLog(TimeProvider.System, new Eager());

        Assert.True(log.IsEnabled(LogLevel.Trace));
        Assert.False(log.IsEnabled(LogLevel.None));
        Assert.Null(log.BeginScope(1));
    }

    private sealed class Unnamed
    {
        public override string? ToString() => null;
    }

    private sealed class Eager : ILogSink
    {
        public bool IsEnabled(LogSeverity severity) => true;

        public void Write(LogEvent logEvent) => throw new InvalidOperationException("Nothing is logged here.");
    }
}
