namespace GenieLoad.Model;

/// <summary>The figures of a <see cref="LoadRun"/> that are worked out when somebody asks; it says what they are.</summary>
internal sealed record RunFigures
{
    public double? AverageQuestionDurationSeconds { get; init; }

    public RowList<LatencyFigures> Latency { get; init; } = new([]);

    public RowList<PercentileFigure> Percentiles { get; init; } = new([]);

    public RunRates Rates { get; init; } = new();

    public RunHealth? Health { get; init; }

    public RowList<SliceFigures> Slices { get; init; } = new([]);

    public RowList<IntervalFigures> Intervals { get; init; } = new([]);

    public string? Statements { get; init; }

    public RowList<RunPart> Parts { get; init; } = new([]);

    public string? BoundBy { get; init; }

    public RowList<QuestionConsistency> Consistency { get; init; } = new([]);

    public RunAgreement? Agreement { get; init; }

    public RowList<CauseCount> Causes { get; init; } = new([]);
}
