namespace GenieLoad.Engine.Simulation;

/// <summary>How a simulator limits questions.</summary>
public enum SimulatedLimiter
{
    /// <summary>A token every so often, saved up to a burst.</summary>
    TokenBucket,

    /// <summary>So many in any window, counted back from each question.</summary>
    SlidingWindow,

    /// <summary>So many in each window, between edges that lie fixed.</summary>
    FixedWindow,
}
