using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A statement of our own, as the SQL Statement Execution API gives it, with the rows of its result.</summary>
public sealed class SqlStatement
{
    /// <summary>Statement.</summary>
    public string? StatementId { get; init; }

    /// <summary>State.</summary>
    [JsonConverter(typeof(LenientObject<StatementStatus>))]
    public StatementStatus? Status { get; init; }

    /// <summary>Columns and size of the result.</summary>
    [JsonConverter(typeof(LenientObject<SqlManifest>))]
    public SqlManifest? Manifest { get; init; }

    /// <summary>First part of the result.</summary>
    [JsonConverter(typeof(LenientObject<SqlStatementRows>))]
    public SqlStatementRows? Result { get; init; }
}

/// <summary>Columns and size of a result.</summary>
public sealed class SqlManifest
{
    /// <summary>Columns.</summary>
    [JsonConverter(typeof(LenientObject<SqlSchema>))]
    public SqlSchema? Schema { get; init; }

    /// <summary>Whether it was cut.</summary>
    public bool? Truncated { get; init; }

    /// <summary>Rows in all parts.</summary>
    public long? TotalRowCount { get; init; }
}

/// <summary>Columns of a result.</summary>
public sealed class SqlSchema
{
    /// <summary>The columns, in the order of the cells.</summary>
    [JsonConverter(typeof(LenientList<SqlColumn>))]
    public List<SqlColumn>? Columns { get; init; }
}

/// <summary>A column of a result.</summary>
public sealed class SqlColumn
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Type, such as <c>DECIMAL</c>.</summary>
    public string? TypeName { get; init; }
}

/// <summary>A part of a result with its rows: the cells are texts whatever the type of the column.</summary>
public sealed class SqlStatementRows
{
    /// <summary>Rows.</summary>
    public List<List<string?>?>? DataArray { get; init; }

    /// <summary>Number of the next part; none after the last.</summary>
    public int? NextChunkIndex { get; init; }
}

/// <summary>What is sent to run a statement. Values go as parameters, never as part of its text.</summary>
/// <param name="WarehouseId">Warehouse that runs it.</param>
/// <param name="Statement">Its text, with a <c>:name</c> for each parameter.</param>
/// <param name="Parameters">Values of the parameters.</param>
/// <param name="RowLimit">Most rows of its result.</param>
public sealed record SqlStatementRequest(
    string WarehouseId, string Statement, IReadOnlyList<SqlParameter> Parameters, int RowLimit)
{
    /// <summary>
    /// How long the call waits for the statement before it answers that it still runs: not at all, so that its id is known at once, and
    /// whoever stops waiting can cancel it.
    /// </summary>
    public string WaitTimeout { get; } = "0s";

    /// <summary>How the result comes.</summary>
    public string Disposition { get; } = "INLINE";

    /// <summary>Its form.</summary>
    public string Format { get; } = "JSON_ARRAY";
}

/// <summary>A value of a statement.</summary>
/// <param name="Name">Its name in the text, without the colon.</param>
/// <param name="Value">The value as text; <see langword="null"/> for NULL.</param>
/// <param name="Type">Its SQL type.</param>
public sealed record SqlParameter(
    string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value, string Type = "STRING");
