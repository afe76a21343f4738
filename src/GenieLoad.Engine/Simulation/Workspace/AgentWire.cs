using System.Buffers;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes responses of agent mode and the events of their streams.</summary>
internal sealed class AgentWire(SimulatorOptions options, StatementWire statements)
{
    private const int RowsShown = 100;

    /// <summary>The types of the events by which a stream tells one of a turn.</summary>
    public IEnumerable<string> EventsOf(SimulatedMessageState message, ScriptedEvent one) => one.Kind switch
    {
        SimulatedAgentEventKind.Created => ["response.created"],
        SimulatedAgentEventKind.Terminal => message.Script.Agent!.Ending == AgentEnding.Error
            ? ["error"]
            : ["response." + StatusOf(message.Script.Agent.Ending)],
        _ when options.AgentRepeatedItems =>
            ["response.output_item.added", "response.output_item.updated", "response.output_item.done"],
        _ => ["response.output_item.added", "response.output_item.done"],
    };

    /// <summary>An event as it goes over the wire.</summary>
    /// <param name="message">The turn.</param>
    /// <param name="one">The event of the turn.</param>
    /// <param name="type">Type of the event of the stream.</param>
    /// <param name="sequence">Its number in the stream, from 0.</param>
    /// <param name="isDamaged">Whether its data stops in the middle.</param>
    public byte[] Frame(SimulatedMessageState message, ScriptedEvent one, string type, int sequence, bool isDamaged)
    {
        ReadOnlyMemory<byte> data = GenieJson.Write(json =>
        {
            json.WriteString("type", type);
            json.WriteNumber("sequence_number", sequence);
            if (one.IsItem)
            {
                json.WriteNumber("output_index", message.Script.Agent!.ItemsAt(one.DueAt).TakeWhile(other => other != one).Count());
                json.WriteStartObject("item");
                WriteItem(json, message, one);
                json.WriteEndObject();
            }
            else if (type == "error")
            {
                json.WriteString("code", message.Script.ErrorType);
                json.WriteString("message", message.Script.ErrorText);
            }
            else
            {
                json.WriteStartObject("response");
                WriteResponse(json, message, one.DueAt);
                json.WriteEndObject();
            }
        });
        var frame = new ArrayBufferWriter<byte>(data.Length + 64);
        frame.Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: "));
        frame.Write(isDamaged ? data.Span[..(data.Length * 2 / 3)] : data.Span);
        frame.Write("\n\n"u8);
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>The members of a response as it is at an instant.</summary>
    public void WriteResponse(Utf8JsonWriter json, SimulatedMessageState message, long now)
    {
        AgentScript agent = message.Script.Agent!;
        bool isOver = message.Script.IsTerminalAt(now);
        json.WriteString("object", "response");
        json.WriteString("id", message.MessageId);
        json.WriteString("model", "genie-agent");
        json.WriteString("status", isOver ? StatusOf(agent.Ending) : "in_progress");
        json.WriteString("conversation_id", message.Conversation.Id);
        json.WriteStartArray("output");
        foreach (ScriptedEvent item in agent.ItemsAt(now))
        {
            json.WriteStartObject();
            WriteItem(json, message, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (isOver && agent.Ending is AgentEnding.Failed or AgentEnding.Error)
        {
            json.WriteStartObject("error");
            json.WriteString("type", "server_error");
            json.WriteString("code", message.Script.ErrorType);
            json.WriteString("message", message.Script.ErrorText);
            json.WriteEndObject();
        }
        else if (isOver && agent.Ending == AgentEnding.Incomplete)
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", message.Script.ErrorType);
            json.WriteEndObject();
        }
    }

    /// <summary>The members of the item that holds the question.</summary>
    public static void WriteQuestion(Utf8JsonWriter json, SimulatedMessageState message) =>
        WriteMessage(json, QuestionIdOf(message), "user", "input_text", message.Question);

    /// <summary>Id of the item that holds the question.</summary>
    public static string QuestionIdOf(SimulatedMessageState message) => "msg_" + message.MessageId;

    /// <summary>The members of an item.</summary>
    public void WriteItem(Utf8JsonWriter json, SimulatedMessageState message, ScriptedEvent item)
    {
        switch (item.Kind)
        {
            case SimulatedAgentEventKind.Reasoning:
                WriteHead(json, "reasoning", item.ItemId);
                json.WriteString("status", "completed");
                WritePart(json, "summary", "summary_text", SimulatedTexts.Reasoning(message.Topic, item.Number));
                break;
            case SimulatedAgentEventKind.FunctionCall:
                WriteHead(json, "function_call", item.ItemId);
                json.WriteString("call_id", item.CallId);
                json.WriteString("name", "execute_sql");
                json.WriteString("arguments", Encoding.UTF8.GetString(GenieJson.Write(arguments =>
                {
                    arguments.WriteString("sql", SqlOf(message, item.Statement!));
                    arguments.WriteString("title", SimulatedTexts.QueryTitle(message.Topic));
                }).Span));
                json.WriteString("status", "completed");
                break;
            case SimulatedAgentEventKind.FunctionCallOutput:
                WriteHead(json, "function_call_output", item.ItemId);
                json.WriteString("call_id", item.CallId);
                json.WriteString("output", TableOf(message, item.Statement!));
                json.WriteStartObject("metadata");
                json.WriteString("statement_id", item.Statement!.Id);
                json.WriteEndObject();
                break;
            default:
                WriteAnswer(json, message, item);
                break;
        }
    }

    private static string StatusOf(AgentEnding ending) => ending switch
    {
        AgentEnding.Completed => "completed",
        AgentEnding.Incomplete => "incomplete",
        AgentEnding.Cancelled => "cancelled",
        _ => "failed",
    };

    private static void WriteHead(Utf8JsonWriter json, string type, string id)
    {
        json.WriteString("type", type);
        json.WriteString("id", id);
    }

    private static void WriteMessage(Utf8JsonWriter json, string id, string role, string partType, string text)
    {
        WriteHead(json, "message", id);
        json.WriteString("role", role);
        json.WriteString("status", "completed");
        WritePart(json, "content", partType, text);
    }

    private static void WritePart(Utf8JsonWriter json, string name, string type, string text)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteAnswer(Utf8JsonWriter json, SimulatedMessageState message, ScriptedEvent item)
    {
        AttachmentKind kind = message.Script.Attachments[^1].Kind;
        WriteMessage(json, item.ItemId, "assistant", "output_text", AttachmentWire.TextOf(message, kind));
        if (message.AnswerQuery?.Statement is not { } statement)
            return;
        json.WriteStartObject("metadata");
        json.WriteStartArray("columns");
        foreach ((string name, string type) in SimulatedRows.Columns(message.Topic))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type_name", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("preview_rows");
        foreach (string?[] row in RowsOf(statement))
        {
            json.WriteStartArray();
            foreach (string? cell in row)
                json.WriteStringValue(cell);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("status", "SUCCEEDED");
        json.WriteNumber("total_row_count", options.ResultRowCount);
        json.WriteString("sql", SqlOf(message, statement));
        json.WriteString("statement_id", statement.Id);
        json.WriteEndObject();
    }

    private string SqlOf(SimulatedMessageState message, ScriptedStatement statement) =>
        SimulatedTexts.Sql(message.Topic, statement.Version, options.ResultRowCount, message.Script.Drift);

    private IEnumerable<string?[]> RowsOf(ScriptedStatement statement) =>
        statements.FirstRows(RowsShown, statement.EndsAt);

    private string TableOf(SimulatedMessageState message, ScriptedStatement statement)
    {
        var text = new StringBuilder();
        (string Name, string Type)[] columns = [.. SimulatedRows.Columns(message.Topic)];
        AppendLine(text, columns.Select(column => column.Name));
        text.Append("|---|---|---|\n");
        foreach (string?[] row in RowsOf(statement))
            AppendLine(text, row);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string?> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
