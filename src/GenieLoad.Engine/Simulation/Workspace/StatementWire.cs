using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes query results in the shape of the SQL Statement Execution API.</summary>
internal sealed class StatementWire(SimulatorOptions options)
{
    private readonly int _rowCount = Math.Min(options.ResultRowCount, GenieJson.RowLimit);

    public int ChunkCount { get; } = Math.Clamp(
        options.ResultChunkCount, 1, Math.Max(1, Math.Min(options.ResultRowCount, GenieJson.RowLimit)));

    /// <summary>A statement that has no result yet, or none at all.</summary>
    public static void WriteState(Utf8JsonWriter json, string statementId, string state)
    {
        json.WriteStartObject("statement_response");
        json.WriteString("statement_id", statementId);
        WriteStatus(json, state);
        json.WriteEndObject();
    }

    /// <summary>A statement that succeeded, with its manifest and the first chunk of its rows.</summary>
    public void WriteResult(Utf8JsonWriter json, string statementId, SimulatedTexts.Topic topic)
    {
        json.WriteStartObject("statement_response");
        json.WriteString("statement_id", statementId);
        WriteStatus(json, "SUCCEEDED");
        WriteManifest(json, topic);
        json.WriteStartObject("result");
        WriteChunk(json, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The members of one chunk. The next one is named by its index only, as seen live: without a link.</summary>
    public void WriteChunk(Utf8JsonWriter json, int chunk)
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
            json.WriteStringValue(SimulatedTexts.Member(row));
            WriteMeasure(json, row);
            json.WriteStringValue((_rowCount - row).ToString(CultureInfo.InvariantCulture));
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

    // Cells are strings or null whatever the column's type, and large numbers come in scientific notation.
    private static void WriteMeasure(Utf8JsonWriter json, int row)
    {
        if (row % 17 == 16)
            json.WriteNullValue();
        else
            json.WriteStringValue((3.336e8 / (row + 1)).ToString("0.####E0", CultureInfo.InvariantCulture));
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
        WriteColumn(json, topic.Dimension, 0, "STRING");
        WriteColumn(json, "total_" + topic.Measure, 1, "DOUBLE");
        WriteColumn(json, "row_count", 2, "LONG");
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
