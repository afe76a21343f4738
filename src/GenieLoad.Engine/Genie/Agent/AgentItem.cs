using System.Text.Json;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>
/// A step of an agent: a thought, a call, its result, the answer. Its shape is not fixed: whatever is not where it was seen is
/// <see langword="null"/>.
/// </summary>
internal sealed record AgentItem
{
    // What could be found of a statement lies flat; what is nested deeper is the statement's own data.
    private const int DeepestId = 3;

    // Tens of bytes are usual: what is longer is none, and is not held for each step of a turn.
    private const int LongestKey = 256;
    private const int MostStatements = 100;

    public required AgentItemKind Kind { get; init; }

    /// <summary>Tells it from the others of its response: its type, with its id or that of its call.</summary>
    public required string Key { get; init; }

    /// <summary>Its id, where it can be one.</summary>
    public string? Id { get; init; }

    /// <summary>Which call it is, or is the result of.</summary>
    public string? CallId { get; init; }

    /// <summary>Whether more of it is to come.</summary>
    public bool IsUnderway { get; init; }

    /// <summary>Whether it broke off.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The statement that is called for, or that answers.</summary>
    public string? Sql { get; init; }

    /// <summary>What it says, where it is a question or an answer.</summary>
    public string? Text { get; init; }

    /// <summary>The rows that the answer shows.</summary>
    public AgentPreview? Preview { get; init; }

    /// <summary>Rows of the whole result of an answer.</summary>
    public long? RowCount { get; init; }

    /// <summary>Statements that it names.</summary>
    public IReadOnlyList<string> StatementIds { get; init; } = [];

    /// <summary>Reads one.</summary>
    /// <param name="json">The item.</param>
    /// <param name="place">Its place in the response, for one without an id.</param>
    public static AgentItem Of(JsonElement json, long? place = null)
    {
        string type = json.Text("type") ?? "";
        string? sql = type == "function_call" ? AgentSql.Of(json) : null;
        AgentItemKind kind = type switch
        {
            "function_call" when sql is not null || json.Text("name")?.Contains("sql", StringComparison.OrdinalIgnoreCase) == true =>
                AgentItemKind.SqlCall,
            "function_call_output" => AgentItemKind.CallOutput,
            "message" => json.Text("role") == "user" ? AgentItemKind.Question : AgentItemKind.Answer,
            _ => AgentItemKind.Thought,
        };
        JsonElement metadata = json.Member("metadata") ?? default;
        List<string> statements = [];
        AddStatements(json, 0, statements);
        string? callId = Cut(json.Text("call_id"));
        return new AgentItem
        {
            Kind = kind,
            Key = $"{Cut(type)} {Cut(json.Text("id")) ?? callId ?? $"#{place}"}",
            Id = ServiceId.OrNull(json.Text("id")),
            CallId = callId,
            IsUnderway = json.Text("status") == "in_progress",
            IsBroken = json.Text("status") is "incomplete" or "failed",
            Sql = kind == AgentItemKind.Answer ? Short(metadata.Text("sql")) : Short(sql),
            Text = kind is AgentItemKind.Answer or AgentItemKind.Question ? Short(TextOf(json.Member("content"))) : null,
            Preview = kind == AgentItemKind.Answer ? AgentPreview.Of(metadata) : null,
            RowCount = kind == AgentItemKind.Answer ? metadata.Number("total_row_count") : null,
            StatementIds = statements,
        };
    }

    /// <summary>The texts of a content: a text itself, or parts with a text each.</summary>
    private static string? TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } parts => string.Join(
            "\n\n",
            parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : part.Text("text"))
                .Where(text => !string.IsNullOrWhiteSpace(text))),
        _ => null,
    };

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : WireText.Short(text);

    private static string? Cut(string? key) => key is null || key.Length <= LongestKey ? key : key[..LongestKey];

    // Where a statement's id stands is not documented, and has been seen to differ.
    private static void AddStatements(JsonElement json, int depth, List<string> found)
    {
        if (depth > DeepestId || found.Count == MostStatements)
            return;
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement part in json.EnumerateArray())
                AddStatements(part, depth + 1, found);
        }
        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.NameEquals("statement_id") && property.Value.ValueKind == JsonValueKind.String
                && ServiceId.OrNull(property.Value.GetString()) is string id && !found.Contains(id))
                found.Add(id);
            else
                AddStatements(property.Value, depth + 1, found);
        }
    }
}
