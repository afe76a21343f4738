using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Mlflow.Wire;

/// <summary>
/// MLflow's JSON: snake_case; what has no value is left out on both sides; whole numbers may come as texts, and NaN always does.
/// </summary>
[JsonSourceGenerationOptions(
    // Code for direct writing would never run: the serializer takes it for plain options only.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ExperimentReply))]
[JsonSerializable(typeof(CreateExperimentRequest))]
[JsonSerializable(typeof(ExperimentIdMessage))]
[JsonSerializable(typeof(CreateRunRequest))]
[JsonSerializable(typeof(UpdateRunRequest))]
[JsonSerializable(typeof(SearchRunsRequest))]
[JsonSerializable(typeof(SearchRunsReply))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(LogBatchRequest))]
[JsonSerializable(typeof(MetricHistoryReply))]
[JsonSerializable(typeof(ArtifactListReply))]
[JsonSerializable(typeof(ServerInfoReply))]
[JsonSerializable(typeof(WriteCredentialsRequest))]
[JsonSerializable(typeof(WriteCredentialsReply))]
[JsonSerializable(typeof(PresignedUploadRequest))]
[JsonSerializable(typeof(PresignedUploadReply))]
[JsonSerializable(typeof(CreateTraceRequest))]
[JsonSerializable(typeof(SearchTracesRequest))]
[JsonSerializable(typeof(SearchTracesReply))]
[JsonSerializable(typeof(LinkTracesRequest))]
internal sealed partial class MlflowJson : JsonSerializerContext
{
    /// <summary>The context with text written as it is: a question in another alphabet stays as short as it is.</summary>
    public static MlflowJson Relaxed => RelaxedContext.Value;

    // Not while this class is being made: the generated part's own fields are not there yet then.
    private static class RelaxedContext
    {
        public static readonly MlflowJson Value =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
