using System.Text;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.DataFiles;

/// <summary>Reads a text file that somebody wrote, and says plainly why it cannot be read.</summary>
internal static class InputFile
{
    // An editor's mark at the start says which encoding it is; without one it is UTF-8.
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(false, false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(true, false, throwOnInvalidBytes: true)),
        ([], new UTF8Encoding(false, throwOnInvalidBytes: true)),
    ];

    /// <summary>The text of a file, without a byte order mark.</summary>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes;
        try
        {
            bytes = BoundedFile.ReadAllBytes(path, BoundedFile.InputSize);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataFilesErrors.FileNotFound(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw DataFilesErrors.FileNotReadable(path, error);
        }

        return Decode(path, bytes);
    }

    /// <summary>A file and a line in words, for an error; <see langword="null"/> without a file.</summary>
    public static string? Place(string? path, int? line) => path is null ? null : line is null ? path : $"{path}, line {line}";

    /// <summary>A place before what is wrong there; empty for <see langword="null"/>.</summary>
    public static string Before(string? place) => place is null ? "" : $"{place}: ";

    private static string Decode(string path, byte[] bytes)
    {
        (byte[] mark, Encoding encoding) = Marks.First(candidate => bytes.AsSpan().StartsWith(candidate.Mark));
        ReadOnlySpan<byte> content = bytes.AsSpan(mark.Length);
        try
        {
            string text = encoding.GetString(content);
            // UTF-16 without its mark decodes as UTF-8 with a zero after each letter.
            int zero = text.IndexOf('\0', StringComparison.Ordinal);
            return zero < 0 ? text : throw DataFilesErrors.BadEncoding(path, 1 + text.AsSpan(0, zero).Count('\n'));
        }
        catch (DecoderFallbackException error)
        {
            int end = Math.Clamp(error.Index, 0, content.Length);
            throw DataFilesErrors.BadEncoding(path, 1 + content[..end].Count((byte)'\n'));
        }
    }
}
