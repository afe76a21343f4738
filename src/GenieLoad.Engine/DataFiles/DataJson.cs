using System.Text;
using System.Text.Json;

namespace GenieLoad.Engine.DataFiles;

/// <summary>
/// Reads JSON that people write, comments and trailing commas included, and remembers the lines. (JsonDocument forgets them, and
/// silently keeps one of two members with the same name.)
/// </summary>
internal static class DataJson
{
    private const int DeepestLevel = 64;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DeepestLevel,
    };

    /// <summary>Reads a text that is one JSON value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Path of the file, for errors.</param>
    /// <param name="firstLine">Line of the file on which the text begins, from 1.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidJson</c>.</exception>
    public static DataValue Parse(string text, string path, int firstLine = 1)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(bytes, Options);
        LineCounter lines = new(bytes, firstLine);
        try
        {
            reader.Read();
            DataValue value = ReadValue(ref reader, lines, path);
            // Throws when something follows.
            reader.Read();
            return value;
        }
        catch (JsonException error)
        {
            string place = InputFile.Place(path, firstLine + (int)(error.LineNumber ?? 0))!;
            if (IsTooDeep(ref reader, bytes))
                throw DataFilesErrors.JsonTooDeep(place, DeepestLevel);
            throw DataFilesErrors.InvalidJson(place, (error.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            throw DataFilesErrors.HalfACharacter(InputFile.Place(path, lines.At(reader.TokenStartIndex))!);
        }
    }

    /// <summary>Whether a reader has stopped before a list or an object that is one level too deep.</summary>
    private static bool IsTooDeep(ref Utf8JsonReader reader, byte[] bytes) =>
        // The bracket that was read last counts only from its first item on.
        reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0) >= DeepestLevel
        && bytes.AsSpan((int)reader.BytesConsumed).TrimStart(" \t\r\n,:"u8) is [(byte)'[' or (byte)'{', ..];

    private static DataValue ReadValue(ref Utf8JsonReader reader, LineCounter lines, string path)
    {
        int line = lines.At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new(ReadObject(ref reader, lines, path), line),
            JsonTokenType.StartArray => new(ReadList(ref reader, lines, path), line),
            JsonTokenType.String => new(reader.GetString(), line),
            JsonTokenType.Number => new(reader.TryGetInt64(out long whole) ? whole : reader.GetDouble(), line),
            JsonTokenType.True => new(true, line),
            JsonTokenType.False => new(false, line),
            _ => new(null, line),
        };
    }

    private static List<DataMember> ReadObject(ref Utf8JsonReader reader, LineCounter lines, string path)
    {
        List<DataMember> members = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            int line = lines.At(reader.TokenStartIndex);
            string name = reader.GetString()!;
            if (!names.Add(name))
                throw DataFilesErrors.DuplicateKey(name, InputFile.Place(path, line)!);
            reader.Read();
            members.Add(new DataMember(name, ReadValue(ref reader, lines, path), line));
        }

        return members;
    }

    private static List<DataValue> ReadList(ref Utf8JsonReader reader, LineCounter lines, string path)
    {
        List<DataValue> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader, lines, path));
        return items;
    }

    /// <summary>Counts lines up to a byte; asked in rising order, so that the whole text is walked once.</summary>
    private sealed class LineCounter(byte[] bytes, int firstLine)
    {
        private int _line = firstLine;
        private int _counted;

        public int At(long index)
        {
            int end = Math.Max(_counted, (int)index);
            _line += bytes.AsSpan(_counted, end - _counted).Count((byte)'\n');
            _counted = end;
            return _line;
        }
    }
}
