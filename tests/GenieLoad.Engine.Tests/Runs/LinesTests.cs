using System.Text;
using GenieLoad.Engine.Runs;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Files of lines, whole or torn.</summary>
public sealed class LinesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 0)]
    [InlineData("\n", 1)]
    [InlineData("a\n", 2)]
    [InlineData("a\nbc\nd", 5)]
    [InlineData("\nabc", 1)]
    public void What_is_whole_ends_with_the_last_line_break(string text, long end)
    {
        using MemoryStream from = new(Encoding.UTF8.GetBytes(text)), to = new();

        Assert.Equal(end, TornLine.EndOfWhole(from));
        TornLine.CopyWhole(from, to);
        Assert.Equal(text[..(int)end], Encoding.UTF8.GetString(to.ToArray()));
    }

    // Read from the end, 64 KiB at a time.
    [Theory]
    [InlineData(0, 65_536)]
    [InlineData(1, 65_535)]
    [InlineData(1, 65_536)]
    [InlineData(70_000, 65_536)]
    [InlineData(70_000, 200_000)]
    [InlineData(200_000, 10)]
    public void A_torn_line_may_be_longer_than_what_is_read_at_once(int whole, int torn)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'w', whole), (byte)'\n', .. Enumerable.Repeat((byte)'t', torn)];
        using MemoryStream from = new(text), to = new();

        Assert.Equal(whole + 1, TornLine.EndOfWhole(from));
        TornLine.CopyWhole(from, to);
        Assert.Equal(text[..(whole + 1)], to.ToArray());
    }

    [Fact]
    public void Lines_are_read_one_by_one_with_a_mark_at_the_beginning_and_blank_ones_in_between()
    {
        Assert.Equal([1, 2, 3], Read("\ufeff{\"index\":1}\n\n \t\r\n{\"index\":2}\r\n{\"index\":3}\n"));
        Assert.Empty(_warnings);
        Assert.Equal([2], Read("{\"index\":2}\n"));
        Assert.Empty(JsonLinesReader.Read(_temporary.File("none"), RunJson.Lines.StartedRecord, _ => true, null));
    }

    [Fact]
    public void A_mark_of_the_beginning_elsewhere_is_a_bad_line()
    {
        Assert.Equal([1], Read("{\"index\":1}\n\ufeff{\"index\":2}\n{}\n"));
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public void A_bad_line_is_left_out_and_told_with_its_number_and_the_last_as_what_it_is()
    {
        string path = _temporary.File("lines.jsonl");

        Assert.Equal([1, 3], Read("{\"index\":1}\nno\n{\"index\":3}\n{\"ind"));

        Assert.Equal(
            [
                $"Line 2 of '{path}' cannot be read; it was left out.",
                $"The last line of '{path}' was not written to its end; it was left out.",
            ],
            _warnings);
    }

    [Fact]
    public void What_is_no_sound_value_is_left_out_like_a_bad_line()
    {
        Assert.Equal([1], Read("{\"index\":1}\nnull\n{\"index\":-7}\n{\"index\":-8}\n", mark => mark.Index > 0));
        Assert.Equal(3, _warnings.Count);
    }

    [Fact]
    public void A_byte_that_is_no_text_costs_a_letter_and_not_the_line()
    {
        File.WriteAllBytes(
            _temporary.File("lines.jsonl"),
            [.. "{\"index\":1,\"messageId\":\"a"u8, 0xFF, .. "b\"}\n"u8]);

        StartedRecord mark = Assert.Single(JsonLinesReader.Read(
            _temporary.File("lines.jsonl"), RunJson.Lines.StartedRecord, _ => true, _warnings.Add));

        Assert.Equal("a\ufffdb", mark.MessageId);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(21, 21)]
    [InlineData(25, 21)]
    public void Beyond_twenty_bad_lines_are_counted(int bad, int warnings)
    {
        Read(string.Concat(Enumerable.Repeat("no\n", bad)) + "{\"index\":1}\n");

        Assert.Equal(warnings, _warnings.Count);
        if (bad > 20)
            Assert.StartsWith($"{bad - 20} more lines of ", _warnings[^1], StringComparison.Ordinal);
    }

    private int[] Read(string text, Func<StartedRecord, bool>? isSound = null)
    {
        File.WriteAllText(_temporary.File("lines.jsonl"), text);
        return [.. JsonLinesReader.Read(
            _temporary.File("lines.jsonl"), RunJson.Lines.StartedRecord, isSound ?? (_ => true), _warnings.Add).Select(mark => mark.Index)];
    }
}
