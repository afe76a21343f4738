namespace GenieLoad.Engine.Simulation;

/// <summary>How evaluations of the benchmarks go. What is drawn depends on the benchmark and on which evaluation of it it is.</summary>
public sealed partial record SimulatorOptions
{
    /// <summary>Share of benchmarks that an evaluation finds answered right.</summary>
    [Share]
    public double EvaluationGoodShare { get; init; } = 1;

    /// <summary>
    /// The same while <see cref="EvaluationBusyFrom"/> questions or more are in progress; <see langword="null"/> for no difference.
    /// </summary>
    [Share]
    public double? EvaluationBusyGoodShare { get; init; }

    /// <summary>Questions in progress, those of the evaluation not counted, from which the space counts as busy, 1 to 1,000,000.</summary>
    [Within(1, 1_000_000)]
    public int EvaluationBusyFrom { get; init; } = 2;

    /// <summary>Benchmarks of each space that have no SQL, 0 to 500: an evaluation leaves them to people.</summary>
    [Within(0, 500)]
    public int BenchmarkWithoutSqlCount { get; init; }

    /// <summary>Median seconds that an evaluation takes for one benchmark, 0 to 3,600; it evaluates three at a time.</summary>
    [Within(0, 3_600)]
    public double EvaluationQuestionSeconds { get; init; } = 8;

    /// <summary>How evaluations end.</summary>
    public SimulatedEvaluationEnding EvaluationEnding { get; init; }

    /// <summary>Whether there is an evaluation API.</summary>
    public SimulatedEvaluationApi EvaluationApi { get; init; }
}
