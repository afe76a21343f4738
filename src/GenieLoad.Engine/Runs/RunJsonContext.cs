using System.Text.Json.Serialization;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>What the serializer knows of the types in it, made at compile time.</summary>
[JsonSourceGenerationOptions(
    // Code for direct writing would never run: the serializer takes it for plain options only.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(InstantConverter),
        typeof(RowListConverter<PlannedQuestion>),
        typeof(RowListConverter<QuestionResult>),
        typeof(RowListConverter<LatencyFigures>),
        typeof(RowListConverter<CauseCount>),
        typeof(RowListConverter<IntervalFigures>),
        typeof(RowListConverter<SliceFigures>),
        typeof(RowListConverter<PercentileFigure>),
        typeof(RowListConverter<RunInterruption>),
        typeof(RowListConverter<RunChange>),
        typeof(RowListConverter<WarehouseSample>),
        typeof(RowListConverter<ExpectedQuery>),
        typeof(RowListConverter<ExpectedAnswer>),
        typeof(RowListConverter<QuestionConsistency>),
        typeof(RowListConverter<KindChange>),
        typeof(RowListConverter<string>),
        typeof(RowListConverter<RunPart>),
        typeof(RowListConverter<Evaluation>),
        typeof(RowListConverter<EvaluationResult>),
        typeof(RowListConverter<AccuracyChange>),
        typeof(RowListConverter<RunConnection>),
        typeof(RowListConverter<RunShard>),
        typeof(RowListConverter<CapacityPoint>),
        typeof(RowListConverter<CapacityProbe>),
    ])]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(PlannedQuestion))]
[JsonSerializable(typeof(QuestionResult))]
[JsonSerializable(typeof(LatencyFigures))]
[JsonSerializable(typeof(CauseCount))]
[JsonSerializable(typeof(IntervalFigures))]
[JsonSerializable(typeof(SliceFigures))]
[JsonSerializable(typeof(PercentileFigure))]
[JsonSerializable(typeof(RunInterruption))]
[JsonSerializable(typeof(RunChange))]
[JsonSerializable(typeof(SteeringRecord))]
[JsonSerializable(typeof(SteeringRequest))]
[JsonSerializable(typeof(WarehouseSample))]
[JsonSerializable(typeof(ExpectedQuery))]
[JsonSerializable(typeof(ExpectedAnswer))]
[JsonSerializable(typeof(QuestionConsistency))]
[JsonSerializable(typeof(KindChange))]
[JsonSerializable(typeof(RunPart))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(AccuracyChange))]
[JsonSerializable(typeof(RunConnection))]
[JsonSerializable(typeof(RunShard))]
[JsonSerializable(typeof(StartedRecord))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(StatementRecord))]
[JsonSerializable(typeof(LoadRun))]
[JsonSerializable(typeof(CapacityPoint))]
[JsonSerializable(typeof(CapacityProbe))]
[JsonSerializable(typeof(SpaceCapacity))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
