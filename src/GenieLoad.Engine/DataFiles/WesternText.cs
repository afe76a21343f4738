using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GenieLoad.Engine.DataFiles;

/// <summary>Text in Windows-1252, what Windows calls ANSI in western countries.</summary>
internal static class WesternText
{
    private const int CodePage = 1252;

    private static readonly byte[] LittleEndianMark = [0xFF, 0xFE];
    private static readonly byte[] BigEndianMark = [0xFE, 0xFF];

    // Zeros are of UTF-16 without its mark.
    private static readonly SearchValues<byte> Meaningless = SearchValues.Create([0, 0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(CodePage)!;

    /// <summary>
    /// Whether bytes are such text and nothing else: no UTF-8, not even in part (that is a damaged file, whose letters would come out
    /// as two each), no UTF-16, and without the five bytes that stand for nothing.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes) || bytes.IndexOfAny(Meaningless) >= 0
            || bytes.StartsWith(LittleEndianMark) || bytes.StartsWith(BigEndianMark))
            return false;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out int length) == OperationStatus.Done && length > 1)
                return false;
            bytes = bytes[length..];
        }
        return true;
    }

    /// <summary>The text.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Windows1252.GetString(bytes);
}
