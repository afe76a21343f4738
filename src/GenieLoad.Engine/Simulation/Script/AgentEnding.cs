namespace GenieLoad.Engine.Simulation.Script;

/// <summary>How an agent turn ends.</summary>
internal enum AgentEnding
{
    Completed,

    /// <summary>With <c>response.failed</c>.</summary>
    Failed,

    /// <summary>It has failed, and the stream says so with <c>error</c>.</summary>
    Error,

    Incomplete,
    Cancelled,
}
