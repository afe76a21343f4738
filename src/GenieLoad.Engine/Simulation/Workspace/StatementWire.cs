using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes query results in the shape of the SQL Statement Execution API.</summary>
internal sealed class StatementWire(SimulatorOptions options, SimulatorClock clock)
{
    private readonly int _rowCount = Math.Min(options.ResultRowCount, GenieJson.RowLimit);

    public int ChunkCount { get; } = Math.Clamp(
        options.ResultChunkCount, 1, Math.Max(1, Math.Min(options.ResultRowCount, GenieJson.RowLimit)));

    /// <summary>Whether the data is another at an instant than at the start.</summary>
    public bool HasChanged(long instant) =>
        options.DataChangesAtSeconds is double at && instant >= clock.Start + clock.ScaledTicks(at);

    /// <summary>The first rows of a result that was read at an instant.</summary>
    public IEnumerable<string?[]> FirstRows(int count, long readAt) => Enumerable.Range(0, Math.Min(count, _rowCount))
        .Select(row => SimulatedRows.Row(row, _rowCount, drift: null, HasChanged(readAt)));

    /// <summary>A statement that has no result yet, or none at all.</summary>
    public static void WriteState(Utf8JsonWriter json, string statementId, string state)
    {
        json.WriteStartObject("statement_response");
        json.WriteString("statement_id", statementId);
        WriteStatus(json, state);
        json.WriteEndObject();
    }

    /// <summary>A statement that succeeded, with its manifest and the first chunk of its rows.</summary>
    public void WriteResult(Utf8JsonWriter json, string statementId, SimulatedMessageState message)
    {
        json.WriteStartObject("statement_response");
        json.WriteString("statement_id", statementId);
        WriteStatus(json, "SUCCEEDED");
        WriteManifest(json, message.Topic);
        json.WriteStartObject("result");
        WriteChunk(json, message, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The members of one chunk. The next one is named by its index only, as seen live: without a link.</summary>
    public void WriteChunk(Utf8JsonWriter json, SimulatedMessageState message, int chunk)
    {
        (int offset, int count) = Rows(chunk);
        json.WriteNumber("chunk_index", chunk);
        json.WriteNumber("row_offset", offset);
        json.WriteNumber("row_count", count);
        if (chunk + 1 < ChunkCount)
            json.WriteNumber("next_chunk_index", chunk + 1);
        json.WriteStartArray("data_array");
        for (int row = offset; row < offset + count; row++)
        {
            json.WriteStartArray();
            foreach (string? cell in SimulatedRows.Row(row, _rowCount, message.Script.Drift, HasChanged(message.Script.CompletedAt)))
                json.WriteStringValue(cell);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, string state)
    {
        json.WriteStartObject("status");
        json.WriteString("state", state);
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, string name, int position, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("position", position);
        json.WriteString("type_name", type);
        json.WriteString("type_text", type == "LONG" ? "BIGINT" : type);
        json.WriteEndObject();
    }

    private void WriteManifest(Utf8JsonWriter json, SimulatedTexts.Topic topic)
    {
        json.WriteStartObject("manifest");
        json.WriteString("format", "JSON_ARRAY");
        json.WriteStartObject("schema");
        json.WriteNumber("column_count", 3);
        json.WriteStartArray("columns");
        int position = 0;
        foreach ((string name, string type) in SimulatedRows.Columns(topic))
            WriteColumn(json, name, position++, type);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("chunks");
        for (int chunk = 0; chunk < ChunkCount; chunk++)
        {
            (int offset, int count) = Rows(chunk);
            json.WriteStartObject();
            json.WriteNumber("chunk_index", chunk);
            json.WriteNumber("row_offset", offset);
            json.WriteNumber("row_count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total_chunk_count", ChunkCount);
        json.WriteNumber("total_row_count", _rowCount);
        json.WriteBoolean("truncated", options.ResultRowCount > GenieJson.RowLimit);
        json.WriteEndObject();
    }

    private (int Offset, int Count) Rows(int chunk)
    {
        int offset = (int)((long)_rowCount * chunk / ChunkCount);
        return (offset, (int)((long)_rowCount * (chunk + 1) / ChunkCount) - offset);
    }
}
