using System.Text;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Makes wrong inputs of right ones: the same seed, the same input.</summary>
/// <param name="samples">Right inputs of one kind.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> samples)
{
    private const int LongestRun = 60_000;

    // What readers stumble over, as JSON: limits of numbers and instants, halves of characters, other types.
    private static readonly byte[][] Values = FuzzTarget.Texts(
        "null", "true", "false", "[]", "{}", "[null]", "[[]]", "{\"\":null}", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "0", "-1", "-0.0",
        "1e999", "-1e999", "1e-999",
        "1e308", "1.7976931348623157E+308", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "2147483648", "-2147483649",
        "99999999999999999999999999999999999999", "0.1", "1e9", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.9999999Z\"", "\"2026-11-23T12:00:00+14:00\"", "\"1\"", "\"a\"", "\"COMPLETED\"", "\"FAILED\"",
        "\"FETCHING_METADATA\"",
        "\"\\n\"", "\"=1+1\"", "\"Completed\"", "\"NotStarted\"", "\"30s\"");

    // And as any text: signs of the formats, marks, bytes that are no characters.
    private static readonly byte[][] Words =
    [
        .. Values,
        .. FuzzTarget.Texts(
            "NaN", "Infinity", "9999-12-31 23:59:59", "1970-01-01", "=1+1", "@", "#", ";", "=", "[", "]", "{", "}", "<", ">", "%", "/",
            "/min", "ms", ",", ":",
            "\"", "'", "\\", "//", "/*", "--", "\r\n", "\n", "\r", "\t", " ", "\0", "\u2028", "\uFEFF", "\u2019", "é", "😀", "<html>",
            "<pre>", "data:"),
        [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80],
    ];

    private static readonly byte[][] Openings = [.. new[] { "[", "{\"a\":", "(", "@{a=", "<a>", "\"" }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>
    /// An input: a sample with one to four things done to it. In every other one they are such that JSON mostly stays JSON.
    /// </summary>
    public byte[] Next(SeededRandom random)
    {
        byte[] input = Any(samples, random);
        bool careful = random.NextInt32(2) == 0;
        for (int left = 1 + random.NextInt32(4); left > 0; left--)
            input = careful ? ReplaceValue(input, Any(Values, random), random) : Change(input, random);
        return input;
    }

    private byte[] Change(byte[] input, SeededRandom random) => random.NextInt32(16) switch
    {
        0 => FlipBit(input, random),
        1 => input[..random.NextInt32(input.Length + 1)],
        2 => Cut(input, random),
        3 => Repeat(input, random),
        4 => Splice(input, Any(samples, random), random),
        5 => Insert(input, Any(Words, random), random),
        6 or 7 or 8 or 9 => ReplaceValue(input, Any(Words, random), random),
        10 => ReplaceNumber(input, random),
        11 => SwapLines(input, random),
        12 => Recode(input, random),
        13 => Nest(input, random),
        14 => Lengthen(input, random),
        _ => DropValue(input, random),
    };

    private static byte[] FlipBit(byte[] input, SeededRandom random)
    {
        byte[] copy = [.. input];
        if (copy.Length > 0)
            copy[random.NextInt32(copy.Length)] ^= (byte)(1 << random.NextInt32(8));
        return copy;
    }

    private static byte[] Cut(byte[] input, SeededRandom random)
    {
        (int from, int to) = Slice(input, random);
        return [.. input[..from], .. input[to..]];
    }

    private static byte[] Repeat(byte[] input, SeededRandom random)
    {
        (int from, int to) = Slice(input, random);
        int times = random.NextInt32(20) == 0 ? 1 + (LongestRun / Math.Max(1, to - from) / 4) : 1 + random.NextInt32(4);
        return [.. input[..to], .. Enumerable.Repeat(input[from..to], times).SelectMany(part => part), .. input[to..]];
    }

    private static byte[] Splice(byte[] input, byte[] other, SeededRandom random) =>
        [.. input[..random.NextInt32(input.Length + 1)], .. other[random.NextInt32(other.Length + 1)..]];

    private static byte[] Insert(byte[] input, byte[] word, SeededRandom random)
    {
        int at = random.NextInt32(input.Length + 1);
        return [.. input[..at], .. word, .. input[at..]];
    }

    /// <summary>Puts a value of another kind in the place of one: what is left parses, and means something else.</summary>
    private static byte[] ReplaceValue(byte[] input, byte[] word, SeededRandom random) =>
        Value(input, random) is (int from, int to) ? [.. input[..from], .. word, .. input[to..]] : Insert(input, word, random);

    private static byte[] DropValue(byte[] input, SeededRandom random) =>
        Value(input, random) is (int from, int to) ? [.. input[..from], .. input[to..]] : Cut(input, random);

    private static byte[] ReplaceNumber(byte[] input, SeededRandom random)
    {
        int from = random.NextInt32(input.Length + 1);
        while (from < input.Length && !char.IsAsciiDigit((char)input[from]))
            from++;
        int to = from;
        while (to < input.Length && (char.IsAsciiDigit((char)input[to]) || input[to] is (byte)'.'))
            to++;
        return [.. input[..from], .. Any(Words, random), .. input[to..]];
    }

    private static byte[] SwapLines(byte[] input, SeededRandom random)
    {
        string[] lines = Encoding.Latin1.GetString(input).Split('\n');
        int a = random.NextInt32(lines.Length), b = random.NextInt32(lines.Length);
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return Encoding.Latin1.GetBytes(string.Join(random.NextInt32(3) == 0 ? "\r\n" : "\n", lines));
    }

    private static byte[] Recode(byte[] input, SeededRandom random)
    {
        string text = Encoding.UTF8.GetString(input);
        return random.NextInt32(5) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. input],
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            3 => Encoding.Unicode.GetBytes(text),
            _ => Encoding.UTF32.GetBytes(text),
        };
    }

    private static byte[] Nest(byte[] input, SeededRandom random)
    {
        byte[] opening = Any(Openings, random);
        int depth = random.NextInt32(10) switch { 0 => 20_000, < 4 => 1000, _ => 70 };
        return Insert(input, [.. Enumerable.Repeat(opening, depth).SelectMany(part => part)], random);
    }

    private static byte[] Lengthen(byte[] input, SeededRandom random)
    {
        byte[] word = Any(Words, random);
        int length = random.NextInt32(10) == 0 ? LongestRun : random.NextInt32(3000);
        return Insert(input, [.. Enumerable.Repeat(word, 1 + (length / word.Length)).SelectMany(part => part)], random);
    }

    /// <summary>Where a value stands, as JSON, INI and CSV have them: between two of their signs.</summary>
    private static (int From, int To)? Value(byte[] input, SeededRandom random)
    {
        if (input.Length == 0)
            return null;
        int start = random.NextInt32(input.Length);
        int from = input.AsSpan(start).IndexOfAny(":=,["u8);
        if (from < 0)
            return null;
        from += start + 1;
        int to;
        if (from < input.Length && input[from] == '"')
        {
            int end = input.AsSpan(from + 1).IndexOf((byte)'"');
            to = end < 0 ? input.Length : from + end + 2;
        }
        else
        {
            int end = input.AsSpan(from).IndexOfAny(",]}\n\r"u8);
            to = end < 0 ? input.Length : from + end;
        }
        return (from, to);
    }

    private static (int From, int To) Slice(byte[] input, SeededRandom random)
    {
        int from = random.NextInt32(input.Length + 1);
        int longest = random.NextInt32(2) == 0 ? 16 : input.Length;
        return (from, Math.Min(input.Length, from + random.NextInt32(longest + 1)));
    }

    private static T Any<T>(IReadOnlyList<T> list, SeededRandom random) => list[random.NextInt32(list.Count)];
}
