using GenieLoad.Engine.Genie.Agent;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>A step of an agent, seen for the first time.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Monotonic timestamp at which it had been read.</param>
/// <param name="NotBefore">
/// Monotonic timestamp at which it was not there yet, where it was looked for; <see langword="null"/> where it came by the stream.
/// </param>
internal readonly record struct AgentStep(AgentItemKind Kind, long At, long? NotBefore)
{
    /// <summary>Whether a statement ran when it had come.</summary>
    public bool HasOpenCalls { get; init; }
}
