namespace GenieLoad.Engine.Simulation;

/// <summary>
/// How questions go that are asked in agent mode. The rate limit, <see cref="PendingWarehouseSeconds"/>,
/// <see cref="ExecutingQuerySeconds"/>, the warehouse, the faults of calls and the shares of endings hold for them too, other than
/// <see cref="ExpiredShare"/>; <see cref="RegenerateShare"/>, <see cref="UnknownStatusShare"/> and <see cref="AnswerDriftShare"/> do not.
/// </summary>
public sealed partial record SimulatorOptions
{
    /// <summary>Whether there is an API of agent mode.</summary>
    public SimulatedAgentApi AgentApi { get; init; }

    /// <summary>Median seconds until the stream says that a question is accepted, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double AgentAcknowledgeSeconds { get; init; } = 1;

    /// <summary>Median seconds that Genie thinks before each step, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double AgentThinkingSeconds { get; init; } = 6;

    /// <summary>Mean number of statements for an answer, 1 to 50: any from 1 to twice as many less 1.</summary>
    [Within(1, 50)]
    public int AgentStatementCount { get; init; } = 3;

    /// <summary>Share of steps that run two statements side by side, where two are left to run.</summary>
    [Share]
    public double AgentParallelShare { get; init; } = 0.2;

    /// <summary>Median seconds that Genie writes an answer, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double AgentWritingSeconds { get; init; } = 5;

    /// <summary>Share of answers that end as incomplete: the model had no tokens left.</summary>
    [Share(Of = Endings)]
    public double AgentIncompleteShare { get; init; }

    /// <summary>Share of streams that end without an error before the answer has; the service goes on and finishes.</summary>
    [Share]
    public double AgentTruncatedShare { get; init; }

    /// <summary>Whether the stream tells each item a third time, as updated.</summary>
    public bool AgentRepeatedItems { get; init; }

    /// <summary>Seconds of silence after which the stream carries a comment that keeps it alive, 0 to 3,600. 0 for never.</summary>
    [Within(0, 3_600)]
    public double AgentKeepAliveSeconds { get; init; } = 15;
}
