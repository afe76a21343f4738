using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The JSON of run folders and exports: camelCase, nulls left out, text as it is and not escaped beyond need.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(RowListConverter<PlannedQuestion>),
        typeof(RowListConverter<QuestionResult>),
        typeof(RowListConverter<LatencyFigures>),
        typeof(RowListConverter<CauseCount>),
    ])]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(PlannedQuestion))]
[JsonSerializable(typeof(QuestionResult))]
[JsonSerializable(typeof(LatencyFigures))]
[JsonSerializable(typeof(CauseCount))]
[JsonSerializable(typeof(StartMark))]
[JsonSerializable(typeof(LoadRun))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>One object per line.</summary>
    public static RunJson Lines { get; } = new(Relaxed(indented: false));

    /// <summary>Laid out for people.</summary>
    public static RunJson Pretty { get; } = new(Relaxed(indented: true));

    private static JsonSerializerOptions Relaxed(bool indented) => new(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    };
}
