using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads the service's JSON: snake case, unknown fields passed over, odd values read as far as they make sense.</summary>
[JsonSourceGenerationOptions(
    // Code for direct writing would never run: the serializer takes it for plain options only.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    // The service decides how deep its JSON is, not we.
    MaxDepth = 1000,
    Converters =
    [
        typeof(TolerantStringConverter), typeof(TolerantInt64Converter), typeof(TolerantInt32Converter), typeof(TolerantBooleanConverter),
    ])]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(StartConversationAnswer))]
[JsonSerializable(typeof(GenieMessage))]
[JsonSerializable(typeof(QueryResultAnswer))]
[JsonSerializable(typeof(ResultChunk))]
[JsonSerializable(typeof(SpacePage))]
[JsonSerializable(typeof(GenieSpace))]
[JsonSerializable(typeof(SpaceExport))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(GenieFeedback))]
[JsonSerializable(typeof(GenieConversation))]
[JsonSerializable(typeof(GenieAttachment))]
[JsonSerializable(typeof(GenieQueryAttachment))]
[JsonSerializable(typeof(GenieTextAttachment))]
[JsonSerializable(typeof(GenieQueryResult))]
[JsonSerializable(typeof(StatementResponse))]
[JsonSerializable(typeof(StatementStatus))]
[JsonSerializable(typeof(StatementError))]
[JsonSerializable(typeof(ResultManifest))]
[JsonSerializable(typeof(QueryHistoryPage))]
[JsonSerializable(typeof(QueryInfo))]
[JsonSerializable(typeof(SqlWarehouse))]
[JsonSerializable(typeof(QueryMetrics))]
[JsonSerializable(typeof(SqlStatement))]
[JsonSerializable(typeof(SqlStatementRows))]
[JsonSerializable(typeof(SqlManifest))]
[JsonSerializable(typeof(SqlSchema))]
[JsonSerializable(typeof(SqlColumn))]
[JsonSerializable(typeof(SqlStatementRequest))]
[JsonSerializable(typeof(EvalRunRequest))]
[JsonSerializable(typeof(EvalRunPage))]
[JsonSerializable(typeof(EvalRun))]
[JsonSerializable(typeof(EvalResultPage))]
[JsonSerializable(typeof(EvalResult))]
[JsonSerializable(typeof(EvalResponse))]
[JsonSerializable(typeof(AgentRequest))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is no JSON object of that shape, or empty.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(MendedJson.Of(body).Span, type) ?? throw new JsonException("null instead of an object");
}
