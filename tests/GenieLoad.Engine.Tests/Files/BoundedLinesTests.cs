using System.Text;
using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Tests.Files;

public sealed class BoundedLinesTests
{
    private static List<string> Read(string text, int maximumBytes)
    {
        BoundedLines lines = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), maximumBytes);
        List<string> read = [];
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            read.Add(Encoding.UTF8.GetString(line));
            Assert.Equal(read.Count, lines.Number);
        }

        return read;
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\n\nc", "a|b||c")]
    [InlineData("\n", "")]
    public void Lines_end_at_a_line_feed(string text, string expected) => Assert.Equal(expected, string.Join('|', Read(text, 10)));

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public void Lines_longer_than_the_buffer_come_whole(int length)
    {
        string longLine = new('x', length);

        Assert.Equal(["a", longLine, "b"], Read($"a\n{longLine}\nb\n", 200_000));
    }

    [Theory]
    [InlineData(1_001)]
    [InlineData(5_000_000)]
    public void A_longer_line_is_refused_by_its_number(int length)
    {
        IOException error = Assert.Throws<IOException>(() => Read($"a\n{new string('x', length)}\nb\n", 1000));

        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("1000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_takes_no_more_memory_than_a_line_may_have()
    {
        EndlessStream endless = new();
        BoundedLines lines = new(endless, 1 << 20);

        Assert.Throws<IOException>(() => lines.Next(out _));
        Assert.InRange(endless.BytesRead, 1 << 20, (1 << 20) + 65_536);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'x');
            BytesRead += buffer.Length;
            return buffer.Length;
        }
    }
}
