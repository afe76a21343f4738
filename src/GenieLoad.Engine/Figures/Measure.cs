using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A time that every row may have.</summary>
/// <param name="Name">Its name, such as <c>Response</c>.</param>
/// <param name="Kind">What kind of time it is, one of <see cref="MeasureKind"/>.</param>
/// <param name="Of">What a row says of it, in seconds.</param>
internal sealed record Measure(string Name, string Kind, Func<QuestionResult, double?> Of)
{
    /// <summary>From the planned instant to the answer: what a person feels.</summary>
    public static readonly Measure Response = new("Response", MeasureKind.Whole, row => row.ResponseSeconds);

    /// <summary>From the first send to the answer.</summary>
    public static readonly Measure Duration = new("Duration", MeasureKind.Whole, row => row.DurationSeconds);

    /// <summary>The duration less what was slept.</summary>
    public static readonly Measure Service = new("Service", MeasureKind.Whole, row => row.ServiceSeconds);

    /// <summary>By how much the generator itself was late.</summary>
    public static readonly Measure Lag = Part("Lag", row => row.LagSeconds);

    /// <summary>How long it was held back because somebody had paused the run.</summary>
    public static readonly Measure PauseWait = Detail("PauseWait", row => row.PauseWaitSeconds);

    /// <summary>All of them, in the order in which a run shows them.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Response, Duration, Service, Lag,
        Part("Wait", row => row.WaitSeconds),
        Detail("TurnWait", row => row.TurnWaitSeconds),
        PauseWait,
        Detail("PacingWait", row => row.PacingWaitSeconds),
        Detail("WorkerWait", row => row.WorkerWaitSeconds),
        Part("Throttle", row => row.ThrottleSeconds),
        Part("Fault", row => row.FaultSeconds),
        Part("Submit", row => row.SubmitSeconds),
        Part("Submitted", row => row.SubmittedSeconds),
        .. Figures.Phase.All.Select(phase => new Measure(phase.Name, MeasureKind.Part, phase.Estimate) { Phase = phase }),
        Part("Thinking", row => row.ThinkingSeconds),
        Part("Sql", row => row.SqlSeconds),
        Part("Writing", row => row.WritingSeconds),
        Part("OtherPhase", row => row.OtherPhaseSeconds),
        Part("Detection", row => row.DetectionSeconds),
        Part("Fetch", row => row.FetchSeconds),
        new("Server", MeasureKind.Server, row => row.ServerSeconds),
        Detail("DetectionUpper", row => row.DetectionUpperSeconds),
        Detail("FirstAttachment", row => row.FirstAttachmentSeconds),
        Detail("SqlKnown", row => row.SqlKnownSeconds),
        Detail("Acknowledged", row => row.AcknowledgedSeconds),
        Detail("FirstItem", row => row.FirstItemSeconds),
        Detail("FirstSql", row => row.FirstSqlSeconds),
        Detail("LastSql", row => row.LastSqlSeconds),
        Detail("LongestSilence", row => row.LongestSilenceSeconds),
        OfStatements("ModelBefore", row => row.ModelBeforeSeconds),
        OfStatements("WarehouseStart", row => row.WarehouseStartSeconds),
        OfStatements("WarehouseQueue", row => row.WarehouseQueueSeconds),
        OfStatements("Compile", row => row.CompileSeconds),
        OfStatements("Execute", row => row.ExecuteSeconds),
        OfStatements("ResultFetch", row => row.ResultFetchSeconds),
        OfStatements("ModelAfter", row => row.ModelAfterSeconds),
        OfStatements("Statement", row => row.StatementSeconds),
    ];

    /// <summary>The phase that polls can miss; <see langword="null"/> for any other time.</summary>
    public Phase? Phase { get; private init; }

    /// <summary>The measure of a name, upper and lower case alike; <see langword="null"/> for none.</summary>
    public static Measure? Find(string name) =>
        All.FirstOrDefault(measure => measure.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Measure Part(string name, Func<QuestionResult, double?> of) => new(name, MeasureKind.Part, of);

    private static Measure OfStatements(string name, Func<QuestionResult, double?> of) => new(name, MeasureKind.Statement, of);

    private static Measure Detail(string name, Func<QuestionResult, double?> of) => new(name, MeasureKind.Detail, of);
}
