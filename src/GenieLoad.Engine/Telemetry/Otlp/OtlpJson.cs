using System.Globalization;
using System.Text.Json;

namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>
/// What messages of the protocol have in common in JSON: whole numbers of 64 bits are texts, since JSON's numbers lose digits, and every
/// value names its type.
/// </summary>
internal static class OtlpJson
{
    /// <summary>Name of the scope that all our data is of.</summary>
    public const string Scope = "GenieLoad";

    /// <summary>An instant as the protocol has it: nanoseconds since 1970, UTC.</summary>
    /// <param name="instant">Local time or UTC.</param>
    public static long Nanoseconds(DateTime instant) => (instant.ToUniversalTime() - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>The same back, in UTC.</summary>
    /// <param name="nanoseconds">Nanoseconds since 1970.</param>
    public static DateTime Instant(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);

    /// <summary>Writes which part of the sender the data is from: all of it is from GenieLoad.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="version">Version of GenieLoad.</param>
    public static void WriteScope(this Utf8JsonWriter json, string? version)
    {
        json.WriteStartObject("scope");
        json.WriteString("name", Scope);
        json.WriteString("version", version);
        json.WriteEndObject();
    }

    /// <summary>Writes a number of 64 bits.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">Name of the field.</param>
    /// <param name="value">The number.</param>
    public static void WriteLong(this Utf8JsonWriter json, string name, long value) =>
        json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes attributes; nothing where there are none.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="attributes">Texts, <see cref="long"/>, <see cref="int"/>, <see cref="double"/> or <see cref="bool"/>.</param>
    public static void WriteAttributes(this Utf8JsonWriter json, IReadOnlyCollection<KeyValuePair<string, object>> attributes)
    {
        if (attributes.Count == 0)
            return;
        json.WriteStartArray("attributes");
        foreach ((string key, object value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            WriteValue(json, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes who the data is from.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="attributes">What it says of itself.</param>
    public static void WriteResource(this Utf8JsonWriter json, IReadOnlyCollection<KeyValuePair<string, object>> attributes)
    {
        json.WriteStartObject("resource");
        json.WriteAttributes(attributes);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBoolean("boolValue", flag);
                break;
            case int or long:
                json.WriteLong("intValue", Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteNumber("doubleValue", number);
                break;
            default:
                json.WriteString("stringValue", (string)value);
                break;
        }
    }
}
