using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads and writes a <see cref="RowList{T}"/> as a JSON array; the serializer itself cannot make one.</summary>
/// <typeparam name="T">Type of the rows.</typeparam>
internal sealed class RowListConverter<T> : JsonConverter<RowList<T>>
{
    /// <summary>A list that is null is no list; whoever reads one need not ask.</summary>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RowList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A list was expected.");
        JsonTypeInfo<T> rowType = RowType(options);
        List<T> rows = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            rows.Add(JsonSerializer.Deserialize(ref reader, rowType) ?? throw new JsonException("A list holds null."));
        return new RowList<T>(rows);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RowList<T> value, JsonSerializerOptions options)
    {
        JsonTypeInfo<T> rowType = RowType(options);
        writer.WriteStartArray();
        foreach (T row in value)
            JsonSerializer.Serialize(writer, row, rowType);
        writer.WriteEndArray();
    }

    private static JsonTypeInfo<T> RowType(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
