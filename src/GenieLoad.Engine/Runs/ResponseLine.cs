using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>One line of <c>responses.jsonl</c>: which question, and what the service answered.</summary>
internal static class ResponseLine
{
    /// <summary>Writes the line's object.</summary>
    public static void Write(Utf8JsonWriter writer, QuestionResult result, QuestionResponses responses)
    {
        WriteIds(writer, result);
        if (responses.NotKeptBytes > 0)
            WriteNotKept(writer, responses.NotKeptBytes, "All answers in flight together were too large to be kept");
        if (!responses.Message.IsEmpty)
        {
            writer.WritePropertyName("message");
            WriteBody(writer, responses.Message);
        }
        if (responses.Results.Count > 0)
        {
            writer.WriteStartArray("results");
            foreach (ReadOnlyMemory<byte> part in responses.Results)
                WriteBody(writer, part);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter writer, QuestionResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", result.Index);
        writer.WriteString("questionId", result.QuestionId);
        WriteText(writer, "conversationId", result.ConversationId);
        WriteText(writer, "messageId", result.MessageId);
        WriteText(writer, "statementId", result.StatementId);
        WriteText(writer, "statementIds", result.StatementIds);
    }

    private static void WriteNotKept(Utf8JsonWriter writer, long bytes, string why)
    {
        writer.WriteNumber("notKeptBytes", bytes);
        writer.WriteString("note", why);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    /// <summary>
    /// Writes a body as JSON on one line, or as a text when it is not JSON: an error page, or a body cut short. Word for word but for
    /// halves of characters (U+FFFD), secrets that it repeats, in names too, signatures and presigned links: they open data of the
    /// workspace, and a run folder is kept and passed on.
    /// </summary>
    private static void WriteBody(Utf8JsonWriter writer, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = TolerantJson.Parse(body);
            // Apart first: what cannot be written shows only on the way.
            var json = new ArrayBufferWriter<byte>(Math.Max(body.Length, 1));
            using (var apart = new Utf8JsonWriter(json, writer.Options))
                WriteValue(apart, document.RootElement);
            writer.WriteRawValue(json.WrittenSpan, skipInputValidation: true);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            writer.WriteStringValue(Redactor.Redact(WithLetters(Encoding.UTF8.GetString(body.Span))));
        }
    }

    /// <summary>
    /// A text that should have been JSON, with the letters that it escapes (<c>\u0064</c>) only where one was needed as they are: behind
    /// escapes no secret would be found.
    /// </summary>
    private static string WithLetters(string text)
    {
        const int Length = 6;
        if (!text.Contains("\\u00", StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + Length <= text.Length && text.AsSpan(i).StartsWith("\\u00", StringComparison.Ordinal)
                && byte.TryParse(text.AsSpan(i + 4, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte letter)
                && letter is > 32 and < 127 and not ((byte)'"' or (byte)'\\'))
            {
                plain.Append((char)letter);
                i += Length - 1;
            }
            else
            {
                plain.Append(text[i]);
            }
        }
        return plain.ToString();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject())
                    WriteProperty(writer, property);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Redactor.Redact(value.GetString()!));
                break;
            case JsonValueKind.Number when value.GetRawText() is string digits && Redactor.Redact(digits) is string left && left != digits:
                writer.WriteStringValue(left);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteProperty(Utf8JsonWriter writer, JsonProperty property)
    {
        // Read once: each time makes a text of it.
        string name = property.Name;
        writer.WritePropertyName(Redactor.Redact(name));
        if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False or JsonValueKind.True)
            && Redactor.IsSecretName(name))
            writer.WriteStringValue(Redactor.Mark);
        else if (property.Value.ValueKind == JsonValueKind.String && name == "external_link")
            writer.WriteStringValue(Redactor.Redact(Redactor.WithoutQuery(property.Value.GetString()!)));
        else
            WriteValue(writer, property.Value);
    }
}
