using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>What is known of a run when it begins.</summary>
/// <param name="RunId">Its identity.</param>
/// <param name="RunPath">Its folder, which is there.</param>
/// <param name="Plan">What is asked when.</param>
public sealed record RunBeginning(string RunId, string RunPath, Plan Plan)
{
    /// <summary>Questions that had come to an end before the run was resumed; 0 for a new one.</summary>
    public int EndedBefore { get; init; }

    /// <summary>What it may cost at most.</summary>
    public RunBudget Budget { get; init; } = new();
}
