using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Billing;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A statement that a user runs himself.</summary>
internal sealed class OwnStatement(
    string id, string text, IReadOnlyDictionary<string, object?> parameters, int rowLimit, string user, long doneAt)
{
    public string Id => id;

    public string Text => text;

    public IReadOnlyDictionary<string, object?> Parameters => parameters;

    public int RowLimit => rowLimit;

    public string User => user;

    public long DoneAt => doneAt;

    public bool IsCancelled { get; set; }
}

/// <summary>Runs users' own statements, which ask the billing tables or are those of benchmarks: PENDING for a while, then done.</summary>
internal sealed class OwnStatements(SimulatorOptions options, SimulatorClock clock, BillingTables tables, BenchmarkQueries benchmarks)
{
    private readonly ConcurrentDictionary<string, OwnStatement> _statements = new(StringComparer.Ordinal);
    private int _count;

    public OwnStatement? Find(string id) => _statements.GetValueOrDefault(id);

    /// <summary>Takes a statement.</summary>
    public SimulatedReply Run(CallContext context, string user)
    {
        if (BodyReader.Text(context.Request.Body, "statement") is not { Length: > 0 } text)
            return context.BadParameter("'statement' must not be empty.");
        if (ParametersOf(context.Request.Body) is not { } parameters)
            return context.BadParameter("'parameters' must be a list of names with values and types.");
        string id = Hex.DrawDashed(SeededRandom.For(options.Seed, "own-statement", Interlocked.Increment(ref _count)));
        var statement = new OwnStatement(
            id, text, parameters, BodyReader.Number(context.Request.Body, "row_limit") ?? int.MaxValue, user,
            context.Now + clock.ScaledTicks(options.OwnStatementSeconds));
        _statements[id] = statement;
        context.Statement = statement;
        return Answer(context);
    }

    /// <summary>Answers a call for a statement, or to cancel it.</summary>
    public SimulatedReply Answer(CallContext context)
    {
        // The path may name a statement of Genie's, which is another's.
        if (context.Statement is not { } statement)
            return context.NotFound("Statement", context.Route.StatementId);
        if (context.Route.Operation == SimulatedOperation.CancelStatement)
        {
            statement.IsCancelled |= context.Now < statement.DoneAt;
            return SimulatedReply.Ok(_ => { });
        }
        if (statement.IsCancelled)
            return State(statement, "CANCELED");
        if (context.Now < statement.DoneAt)
            return State(statement, "PENDING");
        try
        {
            SqlResult result = ResultOf(statement);
            return SimulatedReply.Ok(json => WriteResult(json, statement, result));
        }
        catch (SqlFailure e)
        {
            return State(statement, "FAILED", e.Message);
        }
    }

    /// <summary>A further part of a result.</summary>
    public SimulatedReply GetChunk(CallContext context)
    {
        SqlResult result = ResultOf(context.Statement!);
        return context.Route.Chunk >= ChunkCount(result)
            ? context.BadParameter($"There is no chunk {context.Route.Chunk}.")
            : SimulatedReply.Ok(json => WriteChunk(json, result, context.Route.Chunk));
    }

    private SqlResult ResultOf(OwnStatement statement)
    {
        if (options.OwnStatementError is string error)
            throw new SqlFailure(error);
        if (benchmarks.Run(statement.Text, statement.RowLimit, statement.DoneAt) is SqlResult expected)
            return expected;
        if (options.BillingForbidden)
        {
            throw new SqlFailure(
                "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE SCHEMA on Schema 'system.billing'.");
        }
        return SqlQuery.Run(statement.Text, statement.Parameters, statement.User, tables.At(statement.DoneAt));
    }

    private static SimulatedReply State(OwnStatement statement, string state, string? error = null) => SimulatedReply.Ok(json =>
    {
        json.WriteString("statement_id", statement.Id);
        json.WriteStartObject("status");
        json.WriteString("state", state);
        if (error is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("error_code", "BAD_REQUEST");
            json.WriteString("message", error);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    private void WriteResult(Utf8JsonWriter json, OwnStatement statement, SqlResult result)
    {
        json.WriteString("statement_id", statement.Id);
        json.WriteStartObject("status");
        json.WriteString("state", "SUCCEEDED");
        json.WriteEndObject();
        json.WriteStartObject("manifest");
        json.WriteString("format", "JSON_ARRAY");
        json.WriteStartObject("schema");
        json.WriteNumber("column_count", result.Columns.Count);
        json.WriteStartArray("columns");
        for (int i = 0; i < result.Columns.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Columns[i]);
            if (result.Types is { } types)
                json.WriteString("type_name", types[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("total_chunk_count", ChunkCount(result));
        json.WriteNumber("total_row_count", result.Rows.Count);
        json.WriteBoolean("truncated", result.IsCut);
        json.WriteEndObject();
        json.WriteStartObject("result");
        WriteChunk(json, result, 0);
        json.WriteEndObject();
    }

    private int ChunkCount(SqlResult result) => Math.Clamp(options.ResultChunkCount, 1, Math.Max(1, result.Rows.Count));

    private void WriteChunk(Utf8JsonWriter json, SqlResult result, int chunk)
    {
        int count = ChunkCount(result);
        int from = result.Rows.Count * chunk / count;
        int to = result.Rows.Count * (chunk + 1) / count;
        json.WriteNumber("chunk_index", chunk);
        json.WriteNumber("row_offset", from);
        json.WriteNumber("row_count", to - from);
        if (chunk + 1 < count)
            json.WriteNumber("next_chunk_index", chunk + 1);
        json.WriteStartArray("data_array");
        foreach (IReadOnlyList<object?> row in result.Rows.Skip(from).Take(to - from))
        {
            json.WriteStartArray();
            // Every cell is text, whatever the type of the column.
            foreach (object? cell in row)
                json.WriteStringValue(cell is null ? null : Convert.ToString(cell, CultureInfo.InvariantCulture));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>The parameters of a call; <see langword="null"/> where they are no such list.</summary>
    private static Dictionary<string, object?>? ParametersOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("parameters", out JsonElement list)
                ? list.EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, ValueOf, StringComparer.Ordinal)
                : new(StringComparer.Ordinal);
        }
        catch (Exception e) when (
            e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static object? ValueOf(JsonElement parameter)
    {
        string? text = parameter.TryGetProperty("value", out JsonElement value) ? value.GetString() : null;
        bool isTime = parameter.TryGetProperty("type", out JsonElement type) && type.GetString() is "DATE" or "TIMESTAMP";
        return text is not null && isTime
            ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
            : text;
    }
}
