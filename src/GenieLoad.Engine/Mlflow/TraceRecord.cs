using System.Globalization;
using GenieLoad.Engine.Telemetry;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What MLflow is told of the trace of a question beside its spans.</summary>
internal sealed record TraceRecord
{
    /// <summary>Metadata that names the run of a trace.</summary>
    public const string SourceRun = "mlflow.sourceRun";

    // Metadata that makes the questions of a conversation one session.
    private const string Session = "mlflow.trace.session";
    private const string Name = "mlflow.traceName";

    // Of the span of the whole question: what the user interface shows as request and response, and its icon.
    private const string Inputs = "mlflow.spanInputs";
    private const string Outputs = "mlflow.spanOutputs";
    private const string SpanType = "mlflow.spanType";

    // What the column of a database has room for.
    private const int PreviewBytes = 1000;

    private const long Second = 1_000_000_000;

    /// <summary>MLflow's id.</summary>
    public required string Id { get; init; }

    /// <summary>The begin, in RFC 3339.</summary>
    public required string Start { get; init; }

    /// <summary>The length, in seconds with an <c>s</c>.</summary>
    public required string Duration { get; init; }

    /// <summary><c>OK</c> or <c>ERROR</c>.</summary>
    public required string State { get; init; }

    /// <summary>Begin of the question, for lists; <see langword="null"/> without texts.</summary>
    public string? Request { get; init; }

    /// <summary>Begin of the answer, for lists; <see langword="null"/> without texts.</summary>
    public string? Response { get; init; }

    /// <summary>What cannot be changed later.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>
    /// What the traces of an export are like. An id stands for one trace on the whole server, which stays in the experiment where it came
    /// into being: so experiment and export have a part in it, and a run in two experiments has two traces of each question.
    /// </summary>
    /// <param name="export">Identity of the export.</param>
    /// <param name="experimentId">Its experiment.</param>
    /// <param name="texts">Whether question, answer, query and error text are in them.</param>
    public static TraceForm Form(string export, string experimentId, bool texts) => new(texts)
    {
        IdSeed = $"mlflow/{experimentId}/{export}",
        RootAttributes = row => SpanAttributes.Of(
            (SpanType, "CHAIN"), (Inputs, texts ? row.Question : null), (Outputs, texts ? row.Answer : null)),
    };

    /// <summary>MLflow's id of the trace that a span belongs to.</summary>
    public static string IdOf(OtlpSpan span) => $"tr-{span.TraceId}";

    /// <summary>Makes the record.</summary>
    /// <param name="exported">The export.</param>
    /// <param name="row">The question.</param>
    /// <param name="root">The span of the whole question.</param>
    /// <param name="runId">MLflow's id of its run.</param>
    public static TraceRecord Make(ExportedRun exported, QuestionResult row, OtlpSpan root, string runId)
    {
        Dictionary<string, string> common = new(
            RecordTags.Common(exported.Run, exported.Export, ChildRecord.KeyOf(exported.Export, row), exported.User));
        // Of a trace, whom MLflow itself reads is in the metadata.
        Dictionary<string, string> metadata = Part(common, ofMlflow: true);
        metadata[SourceRun] = runId;
        if (row.ConversationId is string conversation)
            metadata[Session] = MlflowLimits.Cut(conversation, MlflowLimits.MaximumKeyLength);
        Dictionary<string, string> tags = Part(common, ofMlflow: false);
        tags[Name] = FormattableString.Invariant($"question_{row.Index}");
        tags["status"] = row.Outcome;
        if (row.IsWarmUp)
            tags["warm_up"] = "true";
        long length = root.End - root.Start;
        return new TraceRecord
        {
            Id = IdOf(root),
            Start = OtlpJson.Instant(root.Start).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
            Duration = string.Create(CultureInfo.InvariantCulture, $"{length / Second}.{length % Second:D9}s"),
            State = root.IsError ? "ERROR" : "OK",
            Request = Preview(row.Question),
            Response = Preview(row.Answer),
            Metadata = metadata,
            Tags = tags,
        };
    }

    private static string? Preview(string? text) =>
        string.IsNullOrEmpty(text) ? null : MlflowLimits.Cut(text, PreviewBytes);

    private static Dictionary<string, string> Part(Dictionary<string, string> tags, bool ofMlflow) => tags
        .Where(tag => tag.Key.StartsWith("mlflow.", StringComparison.Ordinal) == ofMlflow)
        .ToDictionary(tag => tag.Key, tag => MlflowLimits.Cut(tag.Value, MlflowLimits.MaximumTagBytes), StringComparer.Ordinal);
}
