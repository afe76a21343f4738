using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes statements in the shape of the Query History API, as they stand at an instant.</summary>
internal sealed class HistoryWire(SimulatorClock clock, string warehouseId, long lag, long now)
{
    private const string UserName = "simulated-user@example.com";

    public bool IsShown(ScriptedStatement statement) => now >= statement.StartsAt + lag;

    public string StatusOf(ScriptedStatement statement) =>
        now < statement.CompilesFrom ? "QUEUED"
        : now < statement.EndsAt ? "RUNNING"
        : statement.Succeeds ? "FINISHED" : "FAILED";

    public void Write(Utf8JsonWriter json, HistoryEntry entry, bool metrics, int rowCount)
    {
        ScriptedStatement statement = entry.Statement;
        bool isFinal = now >= statement.EndsAt + lag;
        // Of the whole numbers that the API gives as 64 bits, some come as text.
        bool asText = QuestionKeys.Hash(statement.Id) % 2 == 1;
        json.WriteStartObject();
        json.WriteString("query_id", statement.Id);
        json.WriteString("status", StatusOf(statement));
        json.WriteBoolean("is_final", isFinal);
        json.WriteString("statement_type", "SELECT");
        json.WriteString("query_text", SimulatedTexts.Sql(entry.Message.Topic, statement.Version, rowCount, entry.Message.Script.Drift));
        WriteWhole(json, "query_start_time_ms", clock.EpochMilliseconds(statement.StartsAt), asText);
        if (now >= statement.EndsAt)
        {
            WriteWhole(json, "execution_end_time_ms", clock.EpochMilliseconds(statement.FetchesFrom), asText);
            WriteWhole(json, "query_end_time_ms", clock.EpochMilliseconds(statement.EndsAt), asText);
            WriteWhole(json, "duration", Milliseconds(statement.StartsAt, statement.FetchesFrom), asText);
            WriteWhole(json, "rows_produced", statement.RowsProduced, asText);
            if (!statement.Succeeds)
                json.WriteString("error_message", SimulatedTexts.Error("SQL_EXECUTION_EXCEPTION"));
        }
        WriteWhole(json, "user_id", GenieJson.UserId, asText);
        json.WriteString("user_name", UserName);
        json.WriteString("executed_as_user_name", UserName);
        json.WriteString("warehouse_id", warehouseId);
        json.WriteString("endpoint_id", warehouseId);
        json.WriteString("client_application", "Databricks SQL Genie Space");
        if (isFinal && statement.IsFromCache)
            json.WriteString("cache_query_id", statement.Id);
        json.WriteStartObject("query_source");
        json.WriteString("genie_space_id", entry.Message.Conversation.SpaceId);
        json.WriteEndObject();
        if (metrics)
            WriteMetrics(json, statement, isFinal, asText);
        json.WriteEndObject();
    }

    private void WriteMetrics(Utf8JsonWriter json, ScriptedStatement statement, bool isFinal, bool asText)
    {
        json.WriteStartObject("metrics");
        // The stamp of a queue that was skipped is left out.
        if (statement.ReadyAt > statement.StartsAt)
            WriteWhole(json, "provisioning_queue_start_timestamp", clock.EpochMilliseconds(statement.StartsAt), asText);
        if (statement.CompilesFrom > statement.ReadyAt && now >= statement.ReadyAt)
            WriteWhole(json, "overloading_queue_start_timestamp", clock.EpochMilliseconds(statement.ReadyAt), asText);
        if (now >= statement.CompilesFrom)
            WriteWhole(json, "query_compilation_start_timestamp", clock.EpochMilliseconds(statement.CompilesFrom), asText);
        if (isFinal)
            WriteFinal(json, statement, asText);
        json.WriteEndObject();
    }

    private void WriteFinal(Utf8JsonWriter json, ScriptedStatement statement, bool asText)
    {
        WriteWhole(json, "total_time_ms", Milliseconds(statement.StartsAt, statement.EndsAt), asText);
        WriteWhole(json, "compilation_time_ms", Milliseconds(statement.CompilesFrom, statement.ExecutesFrom), asText);
        WriteWhole(json, "execution_time_ms", Milliseconds(statement.ExecutesFrom, statement.FetchesFrom), asText);
        WriteWhole(json, "result_fetch_time_ms", Milliseconds(statement.FetchesFrom, statement.FetchedAt), asText);
        json.WriteBoolean("result_from_cache", statement.IsFromCache);
        WriteWhole(json, "read_bytes", statement.ReadBytes, asText);
        WriteWhole(json, "read_files_count", statement.ReadFiles, asText);
        WriteWhole(json, "pruned_files_count", statement.PrunedFiles, asText);
        WriteWhole(json, "spill_to_disk_bytes", statement.SpilledBytes, asText);
        WriteWhole(json, "rows_produced_count", statement.RowsProduced, asText);
    }

    private long Milliseconds(long from, long to) => (long)Math.Round(clock.Between(from, to).TotalMilliseconds);

    private static void WriteWhole(Utf8JsonWriter json, string name, long value, bool asText)
    {
        if (asText)
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumber(name, value);
    }
}
