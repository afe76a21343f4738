using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>
/// What spans say, by OpenTelemetry's conventions for generative AI (<c>gen_ai.</c>, still in development there) where these have a name,
/// otherwise under <c>genieload.</c>. What is not known is left out.
/// </summary>
internal static class SpanAttributes
{
    // A text within a text: readable without escapes of what only HTML would need.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The attributes that are known.</summary>
    public static IReadOnlyList<KeyValuePair<string, object>> Of(params (string Name, object? Value)[] attributes) =>
        [.. attributes.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!))];

    /// <summary>What the span of a whole question says.</summary>
    public static IReadOnlyList<KeyValuePair<string, object>> OfQuestion(LoadRun run, QuestionResult row) =>
        OfQuestion(run.RunId, run.Name, run.ScenarioName, row);

    /// <summary>As above, for a run that goes on.</summary>
    public static IReadOnlyList<KeyValuePair<string, object>> OfQuestion(
        string runId, string testName, string scenario, QuestionResult row) => Of(
        ("genieload.run.id", runId),
        ("genieload.test.name", Redactor.Redact(testName)),
        ("genieload.scenario", Redactor.Redact(scenario)),
        ("genieload.question.index", row.Index),
        ("genieload.question.id", row.QuestionId),
        ("genieload.question.mode", row.Mode is QuestionMode.Agent ? row.Mode : null),
        ("genieload.outcome", row.Outcome),
        ("genieload.intended_start", row.PlannedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        ("genieload.response_seconds", row.ResponseSeconds),
        ("genieload.duration_seconds", row.DurationSeconds),
        ("genieload.service_seconds", row.ServiceSeconds),
        ("genieload.server_seconds", row.ServerSeconds),
        ("genieload.lag_seconds", row.LagSeconds),
        ("genieload.wait_seconds", row.WaitSeconds),
        ("genieload.throttle_seconds", row.ThrottleSeconds),
        ("genieload.fault_seconds", row.FaultSeconds),
        ("genieload.throttle_retries", row.ThrottleRetries),
        ("genieload.fault_retries", row.FaultRetries),
        ("genieload.polls", row.Polls),
        ("genieload.turn", row.Turn),
        ("genieload.user", row.User),
        ("genieload.worker", row.Worker),
        ("genieload.connection", row.Connection),
        ("genieload.warm_up", row.IsWarmUp ? true : null),
        ("genieload.reattached", row.IsReattached ? true : null),
        ("error.type", ErrorType(row)));

    /// <summary>What the span of the agent says.</summary>
    /// <param name="place">Whom the question went to.</param>
    /// <param name="row">Its row.</param>
    /// <param name="texts">Whether question and answer are in it.</param>
    /// <param name="sql">Whether the query is too, having no span of its own.</param>
    public static IReadOnlyList<KeyValuePair<string, object>> OfAgent(AskedPlace place, QuestionResult row, bool texts, bool sql) => Of(
        ("gen_ai.operation.name", "invoke_agent"),
        ("gen_ai.provider.name", "databricks"),
        ("gen_ai.agent.id", place.SpaceId),
        ("gen_ai.agent.name", place.SpaceTitle),
        ("gen_ai.conversation.id", row.ConversationId),
        ("gen_ai.response.id", row.MessageId),
        ("gen_ai.input.messages", texts ? Message("user", row.Question) : null),
        ("gen_ai.output.messages", texts && row.Answer is not null ? Message("assistant", row.Answer) : null),
        ("db.query.text", texts && sql ? row.Sql : null),
        ("server.address", place.Server?.Host),
        ("server.port", place.Server?.Port),
        ("genieload.run.id", place.RunId),
        ("genieload.outcome", row.Outcome),
        ("error.type", ErrorType(row)));

    /// <summary>Kind of the error by convention; <see langword="null"/> for a question that was answered.</summary>
    public static string? ErrorType(QuestionResult row) => row.Success ? null : row.ErrorType ?? row.Outcome;

    /// <summary>Why it failed, in the service's words: may quote the question.</summary>
    public static string? ErrorText(QuestionResult row, bool texts) => row.Success || !texts ? null : row.ErrorText;

    /// <summary>One message in the form that the conventions give to texts.</summary>
    private static string Message(string role, string text)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("content", text);
            json.WriteEndObject();
            json.WriteEndArray();
            if (role == "assistant")
                json.WriteString("finish_reason", "stop");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
