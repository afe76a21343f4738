using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads a list inside an answer, an odd item as <see langword="null"/>; anything else in its place as nothing.</summary>
internal sealed class LenientList<T> : JsonConverter<List<T>>
    where T : class
{
    /// <summary>
    /// Most items that are read; an answer has a few, and a page a hundred. Items of two bytes each would fill the memory.
    /// </summary>
    public const int Most = 10_000;

    private static readonly LenientObject<T> Items = new();

    public override List<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        List<T> list = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (list.Count == Most)
                reader.Skip();
            else
                list.Add(Items.Read(ref reader, typeof(T), options)!);
        }
        return list;
    }

    public override void Write(Utf8JsonWriter writer, List<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
