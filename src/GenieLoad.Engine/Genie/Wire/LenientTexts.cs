using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads a list of texts; what is no text in it is left out, and anything else in its place is nothing.</summary>
internal sealed class LenientTexts : JsonConverter<List<string>>
{
    private static readonly TolerantStringConverter Items = new();

    public override List<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        List<string> list = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Items.Read(ref reader, typeof(string), options) is string text && list.Count < LenientList<object>.Most)
                list.Add(text);
        }
        return list;
    }

    public override void Write(Utf8JsonWriter writer, List<string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
