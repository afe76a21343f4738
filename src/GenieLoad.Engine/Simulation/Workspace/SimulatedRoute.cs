using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A path taken apart.</summary>
internal readonly record struct SimulatedRoute(SimulatedOperation Operation)
{
    private const string GeniePrefix = "/api/2.0/genie/";
    private const string StatementPrefix = "/api/2.0/sql/statements/";
    private const string WarehousePrefix = "/api/2.0/sql/warehouses/";
    private static readonly SimulatedRoute None = new(SimulatedOperation.Unknown);

    public string SpaceId { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public string MessageId { get; init; } = "";

    /// <summary>The attachment; empty on the older paths that mean the message's only query.</summary>
    public string AttachmentId { get; init; } = "";

    public string StatementId { get; init; } = "";

    public string WarehouseId { get; init; } = "";

    public string EvaluationId { get; init; } = "";

    public string ResultId { get; init; } = "";

    public int Chunk { get; init; } = -1;

    /// <summary>Whether the call asks a question.</summary>
    public bool IsQuestion => Operation
        is SimulatedOperation.StartConversation or SimulatedOperation.CreateMessage or SimulatedOperation.CreateResponse;

    /// <summary>Whether the call hands in something that is done once for each copy.</summary>
    public bool IsSubmission => IsQuestion || Operation == SimulatedOperation.CreateEvaluation;

    public static SimulatedRoute Parse(string method, string path)
    {
        if (path.StartsWith(GeniePrefix, StringComparison.Ordinal))
            return ParseGenie(method, Segments(path, GeniePrefix.Length));
        if (path.StartsWith(StatementPrefix, StringComparison.Ordinal))
            return ParseStatement(method, Segments(path, StatementPrefix.Length));
        if (path.StartsWith(WarehousePrefix, StringComparison.Ordinal) && method == "GET")
            return Segments(path, WarehousePrefix.Length) is [var id] ? new(SimulatedOperation.GetWarehouse) { WarehouseId = id } : None;
        return (method, path) switch
        {
            ("GET", "/api/2.0/sql/history/queries") => new(SimulatedOperation.ListQueryHistory),
            ("POST", "/api/2.0/sql/statements") => new(SimulatedOperation.RunStatement),
            ("GET", "/oidc/.well-known/oauth-authorization-server") => new(SimulatedOperation.DiscoverOAuth),
            ("POST", "/oidc/v1/token") => new(SimulatedOperation.IssueToken),
            _ => None,
        };
    }

    private static string[] Segments(string path, int offset)
    {
        string[] segments = path[offset..].Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].Contains('%', StringComparison.Ordinal))
                segments[i] = Uri.UnescapeDataString(segments[i]);
        }

        return segments;
    }

    private static SimulatedRoute ParseGenie(string method, string[] segments) => (method, segments) switch
    {
        ("GET", ["spaces"]) => new(SimulatedOperation.ListSpaces),
        ("GET", ["spaces", var s]) => new(SimulatedOperation.GetSpace) { SpaceId = s },
        ("POST", ["spaces", var s, "start-conversation"]) => new(SimulatedOperation.StartConversation) { SpaceId = s },
        ("GET", ["spaces", var s, "conversations"]) => new(SimulatedOperation.ListConversations) { SpaceId = s },
        ("DELETE", ["spaces", var s, "conversations", var c]) =>
            new(SimulatedOperation.DeleteConversation) { SpaceId = s, ConversationId = c },
        ("GET", ["spaces", var s, "conversations", var c, "messages"]) =>
            new(SimulatedOperation.ListMessages) { SpaceId = s, ConversationId = c },
        ("POST", ["spaces", var s, "conversations", var c, "messages"]) =>
            new(SimulatedOperation.CreateMessage) { SpaceId = s, ConversationId = c },
        (_, ["spaces", var s, "conversations", var c, "messages", var m, .. var rest]) =>
            ParseMessage(method, rest) with { SpaceId = s, ConversationId = c, MessageId = m },
        (_, ["spaces", var s, "eval-runs", .. var rest]) => ParseEvaluation(method, rest) with { SpaceId = s },
        ("POST", ["agents", var s, "responses"]) => new(SimulatedOperation.CreateResponse) { SpaceId = s },
        ("POST", ["agents", var s, "responses", var r, "cancel"]) =>
            new(SimulatedOperation.CancelResponse) { SpaceId = s, MessageId = r },
        ("GET", ["agents", var s, "conversations", var c, "items"]) =>
            new(SimulatedOperation.ListItems) { SpaceId = s, ConversationId = c },
        _ => None,
    };

    private static SimulatedRoute ParseMessage(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => new(SimulatedOperation.GetMessage),
        ("DELETE", []) => new(SimulatedOperation.DeleteMessage),
        ("POST", ["feedback"]) => new(SimulatedOperation.SendFeedback),
        ("GET", ["attachments", var a, "query-result"]) => new(SimulatedOperation.GetQueryResult) { AttachmentId = a },
        ("POST", ["attachments", var a, "execute-query"]) => new(SimulatedOperation.ExecuteQuery) { AttachmentId = a },
        // Deprecated, and still used by older clients.
        ("GET", ["query-result"]) => new(SimulatedOperation.GetQueryResult),
        ("GET", ["query-result", var a]) => new(SimulatedOperation.GetQueryResult) { AttachmentId = a },
        ("POST", ["execute-query"]) => new(SimulatedOperation.ExecuteQuery),
        _ => None,
    };

    private static SimulatedRoute ParseEvaluation(string method, string[] rest) => (method, rest) switch
    {
        ("POST", []) => new(SimulatedOperation.CreateEvaluation),
        ("GET", []) => new(SimulatedOperation.ListEvaluations),
        ("GET", [var run]) => new(SimulatedOperation.GetEvaluation) { EvaluationId = run },
        ("GET", [var run, "results"]) => new(SimulatedOperation.ListEvaluationResults) { EvaluationId = run },
        ("GET", [var run, "results", var result]) =>
            new(SimulatedOperation.GetEvaluationResult) { EvaluationId = run, ResultId = result },
        _ => None,
    };

    private static SimulatedRoute ParseStatement(string method, string[] segments) => (method, segments) switch
    {
        ("GET", [var id]) => new(SimulatedOperation.GetStatement) { StatementId = id },
        ("POST", [var id, "cancel"]) => new(SimulatedOperation.CancelStatement) { StatementId = id },
        ("GET", [var id, "result", "chunks", var chunk]) when int.TryParse(chunk, out int number) && number >= 0 =>
            new(SimulatedOperation.GetResultChunk) { StatementId = id, Chunk = number },
        _ => None,
    };
}
