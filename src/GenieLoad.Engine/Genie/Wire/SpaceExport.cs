using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A space with its definition, which only those see who may edit it.</summary>
public sealed class SpaceExport
{
    /// <summary>Identity.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The definition: JSON. <see langword="null"/> where this credential may not see it.</summary>
    [JsonConverter(typeof(DefinitionConverter))]
    public string? SerializedSpace { get; init; }
}

/// <summary>Reads JSON that stands in a text, whole however long it is; an object in its place as its own JSON.</summary>
internal sealed class DefinitionConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        using JsonDocument definition = JsonDocument.ParseValue(ref reader);
        return definition.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
