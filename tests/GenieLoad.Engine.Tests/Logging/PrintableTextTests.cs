using System.Globalization;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData(0x00)]
    [InlineData(0x07)]
    [InlineData(0x08)]
    [InlineData(0x0B)]
    [InlineData(0x0D)]
    [InlineData(0x1B)]
    [InlineData(0x7F)]
    [InlineData(0x85)]
    [InlineData(0x90)]
    [InlineData(0x9B)]
    [InlineData(0x9F)]
    [InlineData(0xAD)]
    [InlineData(0x061C)]
    [InlineData(0x180E)]
    [InlineData(0x200B)]
    [InlineData(0x200D)]
    [InlineData(0x200E)]
    [InlineData(0x2028)]
    [InlineData(0x2029)]
    [InlineData(0x202E)]
    [InlineData(0x2060)]
    [InlineData(0x2066)]
    [InlineData(0xFEFF)]
    [InlineData(0xFFF9)]
    [InlineData(0xFFFF)]
    [InlineData(0xE0041)]
    public void What_steers_or_hides_is_spelled_out(int code) =>
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"a\u27E8U+{code:X4}\u27E9b"),
            PrintableText.Of($"a{char.ConvertFromUtf32(code)}b"));

    [Theory]
    [InlineData("plain text, with\nlines and\ttabs")]
    [InlineData("Ümläute, 日本語, العربية, 🏔️")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("👨\u200D👩")]
    [InlineData("\u0600\u0661")]
    public void What_people_write_stays(string text) => Assert.Equal(text, PrintableText.Of(text));

    [Fact]
    public void Halves_of_characters_are_replaced() => Assert.Equal("a\uFFFDb\uFFFD🏔", PrintableText.Of("a\ud83cb\udfd4🏔"));

    [Fact]
    public void A_line_is_one_line_whatever_breaks_it() =>
        Assert.Equal("a b c d\u27E8U+000D\u27E9e", PrintableText.Line("a\nb\r\nc\td\re"));

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal("", PrintableText.Of(null));
}
