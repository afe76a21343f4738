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

    /// <summary>The text of a file, without a byte order mark and without the Ctrl+Z that ends the text files of old programs.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="encoding">Encoding where no mark says it; <see langword="null"/> for UTF-8.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>.</exception>
    public static string ReadText(string path, Encoding? encoding = null) => WithoutEnd(Decode(path, ReadBytes(path), encoding));

    /// <summary>
    /// The same, for texts and tables: without a mark, and where it is not UTF-8, the file is of a program that writes the letters of
    /// Windows-1252 ("ANSI"), as Excel does.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="encoding">Encoding where no mark says it; <see langword="null"/> to find it out.</param>
    /// <param name="tell">Told of an encoding that was found out.</param>
    /// <exception cref="GenieLoadException"><c>FileNotFound</c>, <c>FileNotReadable</c>, <c>BadEncoding</c>.</exception>
    public static string ReadPlainText(string path, Encoding? encoding = null, Action<string>? tell = null)
    {
        byte[] bytes = ReadBytes(path);
        if (encoding is not null || !WesternText.Is(bytes))
            return WithoutEnd(Decode(path, bytes, encoding));
        tell?.Invoke($"{path}: the text is not UTF-8; it is read as Windows-1252 (ANSI).");
        return WithoutEnd(WesternText.Of(bytes));
    }

    /// <summary>A file and a line in words, for an error; <see langword="null"/> without a file.</summary>
    public static string? Place(string? path, int? line) => path is null ? null : line is null ? path : $"{path}, line {line}";

    /// <summary>A place before what is wrong there; empty for <see langword="null"/>.</summary>
    public static string Before(string? place) => place is null ? "" : $"{place}: ";

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return BoundedFile.ReadAllBytes(path, BoundedFile.InputSize);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataFilesErrors.FileNotFound(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw DataFilesErrors.FileNotReadable(path, error);
        }
    }

    private static string Decode(string path, byte[] bytes, Encoding? unmarked)
    {
        (byte[] mark, Encoding encoding) = Marks.First(candidate => bytes.AsSpan().StartsWith(candidate.Mark));
        if (mark.Length == 0 && unmarked is not null)
            encoding = Strict(unmarked);
        ReadOnlySpan<byte> content = bytes.AsSpan(mark.Length);
        string name = encoding.WebName.ToUpperInvariant();
        try
        {
            string text = encoding.GetString(content);
            // UTF-16 without its mark decodes as UTF-8 with a zero after each letter.
            int zero = text.IndexOf('\0', StringComparison.Ordinal);
            return zero < 0 ? text : throw DataFilesErrors.BadEncoding(path, 1 + text.AsSpan(0, zero).Count('\n'), name);
        }
        catch (DecoderFallbackException error)
        {
            int end = Math.Clamp(error.Index, 0, content.Length);
            throw DataFilesErrors.BadEncoding(path, 1 + content[..end].Count((byte)'\n'), name);
        }
    }

    /// <summary>The encoding, with an error for what it does not know: a letter that is lost would be asked as a question mark.</summary>
    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static string WithoutEnd(string text)
    {
        string end = text.TrimEnd();
        return end.EndsWith('\u001a') ? end.TrimEnd('\u001a') : text;
    }
}
