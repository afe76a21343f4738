using System.Text.Json;
using System.Text.Json.Serialization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads a status as text, one of <see cref="MessageStatus"/> as the text that is there already: every poll reads one.</summary>
internal sealed class MessageStatusConverter : JsonConverter<string?>
{
    private static readonly TolerantStringConverter Any = new();

    private static readonly string[] Known =
    [
        MessageStatus.Submitted, MessageStatus.FetchingMetadata, MessageStatus.FilteringContext, MessageStatus.AskingAi,
        MessageStatus.PendingWarehouse, MessageStatus.ExecutingQuery, MessageStatus.Completed, MessageStatus.Failed,
        MessageStatus.Cancelled, MessageStatus.QueryResultExpired,
    ];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (string status in Known)
            {
                if (reader.ValueTextEquals(status))
                    return status;
            }
        }
        return Any.Read(ref reader, typeToConvert, options);
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
