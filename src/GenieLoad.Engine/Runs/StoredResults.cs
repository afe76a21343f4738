using System.Text.Json;
using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads results of answers back from the folder of a run, where it keeps texts.</summary>
internal static class StoredResults
{
    // Some hundred megabytes; what comes later is compared by its signature.
    private const long MostCells = 2_000_000;

    /// <summary>The results of some rows by their index; those that are not kept are left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="indexes">Indexes of the rows.</param>
    public static IReadOnlyDictionary<int, ResultTable> Of(LoadRun run, IReadOnlyCollection<int> indexes)
    {
        Dictionary<int, ResultTable> tables = [];
        if (run.RunPath is not string path || indexes.Count == 0)
            return tables;
        HashSet<int> wanted = [.. indexes];
        try
        {
            string file = new RunFolder(path).ResponsesPath;
            if (!File.Exists(file))
                return tables;
            using Stream stream = BoundedFile.OpenRead(file, BoundedFile.LinesSize);
            BoundedLines lines = new(stream, JsonLinesReader.MaximumLineBytes);
            long cells = 0;
            while (tables.Count < wanted.Count && cells < MostCells && lines.Next(out ReadOnlySpan<byte> line))
            {
                if (IndexOf(line) is not int index || !wanted.Contains(index) || TableOf(line) is not ResultTable table)
                    continue;
                tables[index] = table;
                cells += table.CellCount;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the texts the signatures alone are compared, as where a run does not keep them.
        }
        return tables;
    }

    /// <summary>The first member of a line, without reading the rest.</summary>
    private static int? IndexOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: false, default);
        try
        {
            return reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("index"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int index)
                ? index
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ResultTable? TableOf(ReadOnlySpan<byte> line)
    {
        try
        {
            using JsonDocument document = TolerantJson.Parse(line.ToArray());
            return document.RootElement.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Array
                ? ResultTable.Read([.. results.EnumerateArray().Select(part => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(
                    part, RunJson.Lines.JsonElement))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
