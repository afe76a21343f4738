namespace GenieLoad.Engine.Simulation;

/// <summary>Answers that are not always the same.</summary>
public sealed partial record SimulatorOptions
{
    /// <summary>Share of the answers with a query that differ from the usual one, 0 to 1; the record says which.</summary>
    [Share]
    public double AnswerDriftShare { get; init; }

    /// <summary>
    /// Questions in flight, over all spaces and with the question itself, above which answers drift, 0 to 1,000,000;
    /// <see langword="null"/> for any number.
    /// </summary>
    [Within(0, 1_000_000)]
    public int? AnswerDriftAbove { get; init; }

    /// <summary>How they differ.</summary>
    public SimulatedDrift AnswerDrift { get; init; } = SimulatedDrift.Result;

    /// <summary>
    /// Seconds after the start from which all results are others, because the data has changed, 0 to 31,536,000; <see langword="null"/> for
    /// never.
    /// </summary>
    [Within(0, 31_536_000)]
    public double? DataChangesAtSeconds { get; init; }
}
