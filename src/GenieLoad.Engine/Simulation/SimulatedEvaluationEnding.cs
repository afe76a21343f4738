namespace GenieLoad.Engine.Simulation;

/// <summary>How evaluations of a simulator end. All but the first end when half of the benchmarks are done.</summary>
public enum SimulatedEvaluationEnding
{
    /// <summary>As DONE, with every benchmark evaluated.</summary>
    Done,

    /// <summary>As EVALUATION_FAILED.</summary>
    Failed,

    /// <summary>As EVALUATION_CANCELLED.</summary>
    Cancelled,

    /// <summary>As EVALUATION_TIMEOUT.</summary>
    Timeout,
}
