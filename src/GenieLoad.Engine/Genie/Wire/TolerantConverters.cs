using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>Reads text, numbers and truth values as text, a very long one cut; anything else as nothing.</summary>
internal sealed class TolerantStringConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return WireText.Read(ref reader);
            case JsonTokenType.Number:
                return WireText.Short(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads whole numbers, also as text or with a fraction of zero; anything else as nothing.</summary>
internal sealed class TolerantInt64Converter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                if (reader.TryGetInt64(out long whole))
                    return whole;
                return reader.TryGetDouble(out double number) && Math.Abs(number) < 9e18 ? (long)number : null;
            case JsonTokenType.String:
                return long.TryParse(
                    WireText.Read(ref reader), NumberStyles.Integer, CultureInfo.InvariantCulture, out long parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Reads small whole numbers as <see cref="TolerantInt64Converter"/> does.</summary>
internal sealed class TolerantInt32Converter : JsonConverter<int?>
{
    private static readonly TolerantInt64Converter Wide = new();

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Wide.Read(ref reader, typeof(long?), options) is long value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Reads truth values, also as text; anything else as nothing.</summary>
internal sealed class TolerantBooleanConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return bool.TryParse(WireText.Read(ref reader), out bool parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Reads a message's error from an object, from plain text (as a gateway in between writes it), or from null.</summary>
internal sealed class GenieMessageErrorConverter : JsonConverter<GenieMessageError>
{
    private static readonly TolerantStringConverter Strings = new();

    public override GenieMessageError? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return Strings.Read(ref reader, typeof(string), options) is string plain ? new GenieMessageError(plain, null) : null;
        string? error = null, message = null, type = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = WireText.Read(ref reader);
            reader.Read();
            string? value = Strings.Read(ref reader, typeof(string), options);
            switch (name)
            {
                case "error":
                    error = value;
                    break;
                case "message":
                    message = value;
                    break;
                case "type":
                    type = value;
                    break;
            }
        }
        return new GenieMessageError(error ?? message, type);
    }

    public override void Write(Utf8JsonWriter writer, GenieMessageError value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
