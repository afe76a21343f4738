using System.Text;
using System.Text.Json.Serialization.Metadata;
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
        where T : class => Read(path, () => new LineParser<T>(type, isSound), warn);

    /// <summary>As above, by parsers that know more of their lines. Large files are read by several at the same time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="newParser">Makes a parser of lines.</param>
    /// <param name="warn">Told of each line left out.</param>
    /// <exception cref="IOException">As above.</exception>
    public static IEnumerable<T> Read<T>(string path, Func<LineParser<T>> newParser, Action<string>? warn)
        where T : class
    {
        if (!File.Exists(path))
            yield break;
        int bad = 0;
        foreach (ParsedLines<T> lines in Parsed(path, newParser))
        {
            int complaint = 0;
            foreach (T? value in lines.Values)
            {
                if (value is not null)
                    yield return value;
                else if (++bad <= MaximumComplaints)
                    warn?.Invoke(Complaint(path, lines.Bad[complaint++]));
            }
        }
        if (bad > MaximumComplaints)
            warn?.Invoke($"{bad - MaximumComplaints} more lines of '{path}' cannot be read; they were left out.");
    }

    /// <summary>The pieces of a file in its order, as many at a time as there are processors; this thread parses one of them.</summary>
    private static IEnumerable<ParsedLines<T>> Parsed<T>(string path, Func<LineParser<T>> newParser)
        where T : class
    {
        using Stream file = Named(path, () => BoundedFile.OpenRead(path, BoundedFile.LinesSize));
        using IEnumerator<LineChunk> chunks = LineChunks.Of(file, MaximumLineBytes).GetEnumerator();
        List<LineParser<T>> parsers = [newParser()];
        List<Task<ParsedLines<T>>> beside = [];
        while (Named(path, chunks.MoveNext))
        {
            LineChunk chunk = chunks.Current;
            if (!chunk.IsLast && beside.Count + 1 < Environment.ProcessorCount)
            {
                if (parsers.Count == beside.Count + 1)
                    parsers.Add(newParser());
                LineParser<T> parser = parsers[beside.Count + 1];
                beside.Add(Task.Run(() => ParsedLines<T>.Of(chunk, parser)));
                continue;
            }
            ParsedLines<T> own = Named(path, () => ParsedLines<T>.Of(chunk, parsers[0]));
            foreach (Task<ParsedLines<T>> other in beside)
                yield return Named(path, other.GetAwaiter().GetResult);
            yield return own;
            beside.Clear();
        }
    }

    private static string Complaint(string path, (int Number, bool IsLast) line) => line.IsLast
        ? $"The last line of '{path}' was not written to its end; it was left out."
        : $"Line {line.Number} of '{path}' cannot be read; it was left out.";

    // A folder has several such files, and whoever reads the error wants to know which.
    private static TResult Named<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (IOException exception)
        {
            throw new IOException($"{Path.GetFileName(path)}: {exception.Message}", exception);
        }
    }

    /// <summary>What a piece of a file holds: its values, nothing in the place of a line that cannot be read.</summary>
    private sealed record ParsedLines<T>(List<T?> Values, List<(int Number, bool IsLast)> Bad)
        where T : class
    {
        public static ParsedLines<T> Of(LineChunk chunk, LineParser<T> parser)
        {
            using LineChunk given = chunk;
            ParsedLines<T> parsed = new([], []);
            while (chunk.Next(out ReadOnlySpan<byte> line))
            {
                if (line.Length > MaximumLineBytes)
                    throw BoundedLines.TooLong(chunk.Number, MaximumLineBytes);
                if (chunk.Number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
                    line = line[Encoding.UTF8.Preamble.Length..];
                if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
                    continue;
                T? value = parser.Parse(line);
                parsed.Values.Add(value);
                if (value is null)
                    parsed.Bad.Add((chunk.Number, chunk.IsAtEnd));
            }
            return parsed;
        }
    }
}
