using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace GenieLoad.Engine.Json;

/// <summary>
/// JSON as services send it, made readable where a reader would give up on all of it for a flaw in one place: half a character, spelled as
/// an escape or as broken UTF-8, becomes U+FFFD; a byte order mark goes; NaN and Infinity, which some programs write as numbers, become
/// null. What is sound is handed back as it is, not copied.
/// </summary>
internal static class MendedJson
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>The JSON, mended where it needs it. Text that is no JSON comes back as no JSON.</summary>
    /// <param name="json">A body in UTF-8, or nearly so.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(ByteOrderMark))
            json = json[ByteOrderMark.Length..];
        return IsSound(json.Span) ? json : Mend(json.Span);
    }

    private static bool IsSound(ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json) && json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0 && json.IndexOf("NaN"u8) < 0
            && json.IndexOf("Infinity"u8) < 0;

    private static ReadOnlyMemory<byte> Mend(ReadOnlySpan<byte> json)
    {
        var mended = new ArrayBufferWriter<byte>(json.Length);
        bool inText = false;
        int copied = 0;
        int at = 0;
        while (at < json.Length)
        {
            ReadOnlySpan<byte> rest = json[at..];
            int length = inText ? LengthInText(rest, out ReadOnlySpan<byte> instead) : LengthBetween(rest, out instead);
            if (rest[0] == (byte)'"')
                inText = !inText;
            if (!instead.IsEmpty)
            {
                mended.Write(json[copied..at]);
                mended.Write(instead);
                copied = at + length;
            }
            at += length;
        }
        mended.Write(json[copied..]);
        return mended.WrittenMemory;
    }

    /// <summary>The next piece of a text, and what is to stand in its place; nothing where it stays.</summary>
    private static int LengthInText(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> instead)
    {
        instead = default;
        if (rest[0] == (byte)'\\')
        {
            if (Escape(rest) is not char first)
                return Math.Min(2, rest.Length);
            if (!char.IsSurrogate(first))
                return EscapeLength;
            if (char.IsHighSurrogate(first) && Escape(rest[EscapeLength..]) is char second && char.IsLowSurrogate(second))
                return 2 * EscapeLength;
            instead = Replacement;
            return EscapeLength;
        }
        if (rest[0] < 0x80)
            return 1;
        return LengthOfRune(rest, ref instead);
    }

    private static int LengthBetween(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> instead)
    {
        instead = default;
        foreach (ReadOnlyMemory<byte> word in NoNumbers)
        {
            if (!rest.StartsWith(word.Span))
                continue;
            instead = "null"u8;
            return word.Length;
        }
        return rest[0] < 0x80 ? 1 : LengthOfRune(rest, ref instead);
    }

    private static int LengthOfRune(ReadOnlySpan<byte> rest, ref ReadOnlySpan<byte> instead)
    {
        if (Rune.DecodeFromUtf8(rest, out _, out int length) != OperationStatus.Done)
            instead = Replacement;
        return Math.Max(1, length);
    }

    /// <summary>The UTF-16 unit that an escape stands for; <see langword="null"/> where there is no such escape.</summary>
    private static char? Escape(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text[0] == (byte)'\\' && text[1] == (byte)'u'
        && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out int read, 'X') && read == EscapeLength - 2
            ? (char)unit
            : null;

    private static readonly ReadOnlyMemory<byte>[] NoNumbers = ["NaN"u8.ToArray(), "Infinity"u8.ToArray(), "-Infinity"u8.ToArray()];
}
