using System.Text.Json;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes the attachments of a message.</summary>
internal static class AttachmentWire
{
    public static void Write(
        Utf8JsonWriter json, SimulatedMessageState message, ScriptedAttachment attachment, long now, SimulatorClock clock, int rowCount)
    {
        json.WriteStartObject();
        json.WriteString("attachment_id", attachment.Id);
        switch (attachment.Kind)
        {
            case AttachmentKind.Query:
                WriteQuery(json, message, attachment, now, clock, rowCount);
                break;
            case AttachmentKind.Text:
                WriteText(json, TextOf(message, attachment.Kind));
                break;
            case AttachmentKind.Clarification:
                WriteText(json, TextOf(message, attachment.Kind), "FOLLOW_UP_QUESTION");
                break;
            default:
                json.WriteStartObject("suggested_questions");
                GenieJson.WriteStrings(json, "questions", SimulatedTexts.SuggestedQuestions(message.Topic));
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>The words of an answer: beside a query, without one, or as a question back.</summary>
    public static string TextOf(SimulatedMessageState message, AttachmentKind kind) =>
        kind == AttachmentKind.Clarification ? SimulatedTexts.Clarification(message.Topic)
        : message.AnswerQuery is not null ? SimulatedTexts.QueryAnswer(message.Topic)
        : SimulatedTexts.TextAnswer(message.Topic);

    private static void WriteQuery(
        Utf8JsonWriter json, SimulatedMessageState message, ScriptedAttachment attachment, long now, SimulatorClock clock, int rowCount)
    {
        json.WriteStartObject("query");
        json.WriteString("query", SimulatedTexts.Sql(message.Topic, attachment.Version, rowCount, message.Script.Drift));
        json.WriteString("title", SimulatedTexts.QueryTitle(message.Topic));
        json.WriteString("description", SimulatedTexts.QueryDescription(message.Topic));
        long changed = attachment.VisibleFrom;
        if (now >= attachment.RunsFrom)
        {
            json.WriteString("statement_id", attachment.StatementId);
            changed = attachment.RunsFrom;
        }

        if (now >= attachment.HasResultFrom)
        {
            json.WriteStartObject("query_result_metadata");
            GenieJson.WriteResultSize(json, rowCount);
            json.WriteEndObject();
            changed = attachment.HasResultFrom;
        }

        json.WriteNumber("last_updated_timestamp", clock.EpochMilliseconds(changed));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string content, string? purpose = null)
    {
        json.WriteStartObject("text");
        json.WriteString("content", content);
        if (purpose is not null)
            json.WriteString("purpose", purpose);
        json.WriteEndObject();
    }
}
