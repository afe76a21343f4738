using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads the service's JSON: snake case, unknown fields passed over, odd values read as far as they make sense.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
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
[JsonSerializable(typeof(ConversationPage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is no JSON object of that shape, or empty.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("null instead of an object");
}
