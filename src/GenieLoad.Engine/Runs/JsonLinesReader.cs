using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads a file of one JSON object per line that its writer may have left in the middle of a line.</summary>
internal static class JsonLinesReader
{
    /// <summary>Bytes of one line: 128 MB. A row holds an answer's text, never its data.</summary>
    public const int MaximumLineBytes = 128 << 20;

    private const int MaximumComplaints = 20;

    /// <summary>
    /// The values of the file, in order. A missing file has none; a line that cannot be read is left out with a warning, and so many
    /// warnings of one file become one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What a line holds.</param>
    /// <param name="isSound">Whether a value can be used; one that cannot counts as a line that cannot be read.</param>
    /// <param name="warn">Told of each line left out.</param>
    /// <exception cref="IOException">It is no file on a disk, or a line is longer than <see cref="MaximumLineBytes"/>.</exception>
    public static IEnumerable<T> Read<T>(string path, JsonTypeInfo<T> type, Func<T, bool> isSound, Action<string>? warn)
        where T : class
    {
        if (!File.Exists(path))
            yield break;
        using Stream file = Open(path);
        BoundedLines lines = new(file, MaximumLineBytes);
        int bad = 0;
        while (Next(path, lines, type, out T? value))
        {
            if (value is not null && isSound(value))
                yield return value;
            else if (++bad <= MaximumComplaints)
                warn?.Invoke(Complaint(path, lines.Number, lines.IsAtEnd));
        }

        if (bad > MaximumComplaints)
            warn?.Invoke($"{bad - MaximumComplaints} more lines of '{path}' cannot be read; they were left out.");
    }

    private static Stream Open(string path)
    {
        try
        {
            return BoundedFile.OpenRead(path, BoundedFile.LinesSize);
        }
        catch (IOException exception)
        {
            throw Named(path, exception);
        }
    }

    /// <summary>Reads the next line that is not blank; one that is no value gives <see langword="null"/>.</summary>
    private static bool Next<T>(string path, BoundedLines lines, JsonTypeInfo<T> type, out T? value)
        where T : class
    {
        value = null;
        try
        {
            while (lines.Next(out ReadOnlySpan<byte> line))
            {
                if (lines.Number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
                    line = line[Encoding.UTF8.Preamble.Length..];
                if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
                    continue;
                value = Parse(line, type);
                return true;
            }

            return false;
        }
        catch (IOException exception)
        {
            throw Named(path, exception);
        }
    }

    private static string Complaint(string path, int number, bool isLast) => isLast
        ? $"The last line of '{path}' was not written to its end; it was left out."
        : $"Line {number} of '{path}' cannot be read; it was left out.";

    // A folder has several such files, and whoever reads the error wants to know which.
    private static IOException Named(string path, IOException exception) =>
        new($"{Path.GetFileName(path)}: {exception.Message}", exception);

    private static T? Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            // A byte that a disk has turned over costs a letter, not the line.
            return Utf8.IsValid(line)
                ? JsonSerializer.Deserialize(line, type)
                : JsonSerializer.Deserialize(Encoding.UTF8.GetString(line), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
