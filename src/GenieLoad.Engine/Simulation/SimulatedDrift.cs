namespace GenieLoad.Engine.Simulation;

/// <summary>How an answer differs from the usual one to its question.</summary>
public enum SimulatedDrift
{
    /// <summary>Another query with another result.</summary>
    Result,

    /// <summary>The same query in other words, with the same result.</summary>
    Wording,

    /// <summary>The same query; the result differs by rounding alone.</summary>
    Rounding,

    /// <summary>A question back.</summary>
    Clarification,

    /// <summary>No answer: the message ends as FAILED.</summary>
    Failure,
}
