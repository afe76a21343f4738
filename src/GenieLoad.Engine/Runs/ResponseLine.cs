using System.Text.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>One line of <c>responses.jsonl</c>: which question, and what the service answered.</summary>
internal static class ResponseLine
{
    // The service decides how deep its JSON is, not we.
    private static readonly JsonDocumentOptions Tolerant = new() { MaxDepth = 1000 };

    /// <summary>Writes the line's object.</summary>
    public static void Write(Utf8JsonWriter writer, QuestionResult result, QuestionResponses responses)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", result.Index);
        writer.WriteString("questionId", result.QuestionId);
        WriteText(writer, "conversationId", result.ConversationId);
        WriteText(writer, "messageId", result.MessageId);
        WriteText(writer, "statementId", result.StatementId);
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

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    /// <summary>Writes a body as JSON on one line, or as a text when it is not JSON: an error page, or a body cut short.</summary>
    private static void WriteBody(Utf8JsonWriter writer, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Tolerant);
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(body.Span));
        }
    }
}
