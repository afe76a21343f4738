using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>JSON in one form, so that the same content has the same hash however it was written.</summary>
internal static class CanonicalJson
{
    /// <summary>
    /// SHA-256 of JSON without blanks, the members of each object in ordinal order of their names, numbers as they are written: 64
    /// hexadecimal digits.
    /// </summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Hash(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = TolerantJson.Parse(json);
        var canonical = new ArrayBufferWriter<byte>(json.Length);
        using (Utf8JsonWriter writer = new(canonical))
            Write(writer, document.RootElement);
        return Convert.ToHexString(SHA256.HashData(canonical.WrittenSpan)).ToLowerInvariant();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
