using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes what the service says, field by field as it is on the wire.</summary>
internal static class GenieJson
{
    /// <summary>Rows that the API gives of one result at most.</summary>
    public const int RowLimit = 5000;

    public const long UserId = 8_412_345_678_901_234;

    // As the service does it: text beyond ASCII is sent as it is.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object, whose members <paramref name="members"/> writes.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void WriteError(Utf8JsonWriter json, string errorCode, string message, string requestId)
    {
        json.WriteString("error_code", errorCode);
        json.WriteString("message", message);
        json.WriteStartArray("details");
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc.RequestInfo");
        json.WriteString("request_id", requestId);
        json.WriteString("serving_data", "");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteSpace(Utf8JsonWriter json, SimulatedSpace space)
    {
        json.WriteString("space_id", space.Id);
        json.WriteString("title", space.Title);
        json.WriteString("description", "A space that GenieLoad simulates.");
        if (space.WarehouseId is { } warehouse)
            json.WriteString("warehouse_id", warehouse);
    }

    public static void WriteConversation(Utf8JsonWriter json, SimulatedConversation conversation, SimulatorClock clock)
    {
        long created = clock.EpochMilliseconds(conversation.CreatedAt);
        json.WriteString("id", conversation.Id);
        json.WriteString("conversation_id", conversation.Id);
        json.WriteString("space_id", conversation.SpaceId);
        json.WriteString("title", conversation.Title);
        json.WriteNumber("user_id", UserId);
        json.WriteNumber("created_timestamp", created);
        json.WriteNumber("last_updated_timestamp", created);
    }

    public static void WriteConversationSummary(Utf8JsonWriter json, SimulatedConversation conversation, SimulatorClock clock)
    {
        json.WriteString("conversation_id", conversation.Id);
        json.WriteString("title", conversation.Title);
        json.WriteNumber("created_timestamp", clock.EpochMilliseconds(conversation.CreatedAt));
        json.WriteString("agent_type", conversation.IsAgent ? "GENIE_CONVERSATION_TYPE_AGENT" : "GENIE_CONVERSATION_TYPE_CHAT");
    }

    /// <summary>A message as the call that asked it answers: accepted, and nothing more.</summary>
    public static void WriteAccepted(Utf8JsonWriter json, SimulatedMessageState message, SimulatorClock clock)
    {
        WriteMessageHead(json, message, MessageStatuses.Submitted, message.Script.AcceptedAt, message.Script.AcceptedAt, clock);
        json.WriteNull("attachments");
        json.WriteNull("query_result");
        json.WriteNull("error");
    }

    /// <summary>A message as it is at an instant.</summary>
    public static void WriteMessage(Utf8JsonWriter json, SimulatedMessageState message, long now, SimulatorClock clock, int rowCount)
    {
        string status = message.StatusAt(now);
        WriteMessageHead(json, message, status, now, message.LastChangeAt(now), clock);
        if (message.Script.Attachments.Any(attachment => attachment.VisibleFrom <= now))
        {
            json.WriteStartArray("attachments");
            foreach (ScriptedAttachment attachment in message.Script.Attachments)
            {
                if (attachment.VisibleFrom <= now)
                    AttachmentWire.Write(json, message, attachment, now, clock, rowCount);
            }

            json.WriteEndArray();
        }

        if (status == MessageStatuses.Completed && message.AnswerQuery is { } query)
            WriteLegacyResult(json, message.Rerun?.StatementId ?? query.StatementId!, rowCount);
        if (status == MessageStatuses.Failed)
        {
            json.WriteStartObject("error");
            json.WriteString("error", message.Script.ErrorText);
            json.WriteString("type", message.Script.ErrorType);
            json.WriteEndObject();
        }

        if (message.FeedbackRating is { } rating)
        {
            json.WriteStartObject("feedback");
            json.WriteString("rating", rating);
            if (message.FeedbackComment is { } comment)
                json.WriteString("comment", comment);
            json.WriteEndObject();
        }
    }

    /// <summary>A message of a private conversation as others see it: what was asked and when.</summary>
    public static void WritePrompt(Utf8JsonWriter json, SimulatedMessageState message, SimulatorClock clock)
    {
        json.WriteString("message_id", message.MessageId);
        json.WriteString("space_id", message.Conversation.SpaceId);
        json.WriteString("conversation_id", message.Conversation.Id);
        json.WriteNumber("user_id", message.UserId);
        json.WriteString("content", message.Question);
        json.WriteNumber("created_timestamp", clock.EpochMilliseconds(message.Script.AcceptedAt));
    }

    /// <summary>Size of a result, as attachments and the older <c>query_result</c> tell it; <c>is_truncated</c> only when true.</summary>
    public static void WriteResultSize(Utf8JsonWriter json, int rowCount)
    {
        json.WriteNumber("row_count", Math.Min(rowCount, RowLimit));
        if (rowCount > RowLimit)
            json.WriteBoolean("is_truncated", true);
    }

    private static void WriteMessageHead(
        Utf8JsonWriter json, SimulatedMessageState message, string status, long now, long changedAt, SimulatorClock clock)
    {
        json.WriteString("id", message.MessageId);
        json.WriteString("message_id", message.MessageId);
        json.WriteString("space_id", message.Conversation.SpaceId);
        json.WriteString("conversation_id", message.Conversation.Id);
        json.WriteNumber("user_id", message.UserId);
        json.WriteString("content", message.Question);
        json.WriteString("status", status);
        json.WriteNumber("created_timestamp", clock.EpochMilliseconds(message.Script.AcceptedAt));
        json.WriteNumber("last_updated_timestamp", clock.EpochMilliseconds(changedAt));
        json.WriteNumber("auto_regenerate_count", now >= message.Script.RegeneratedFrom ? 1 : 0);
    }

    private static void WriteLegacyResult(Utf8JsonWriter json, string statementId, int rowCount)
    {
        json.WriteStartObject("query_result");
        json.WriteString("statement_id", statementId);
        WriteResultSize(json, rowCount);
        json.WriteEndObject();
    }
}
