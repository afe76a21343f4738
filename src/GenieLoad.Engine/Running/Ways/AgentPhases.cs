using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// The phases of an agent's work, from its steps: it runs SQL while a statement that was called for has no result, writes from the last
/// thought or result before its answer on, and thinks otherwise. That it writes shows only when the answer comes.
/// </summary>
internal static class AgentPhases
{
    /// <summary>The phases as changes of a status, the first at acceptance.</summary>
    /// <param name="accepted">Acceptance.</param>
    /// <param name="steps">The steps.</param>
    public static IEnumerable<StatusSighting> Of(StatusSighting accepted, IReadOnlyList<AgentStep> steps)
    {
        List<StatusSighting> phases = [accepted];
        int answer = AnswerOf(steps);
        // A remark on the way is no step of its own.
        AgentStep[] work = [.. steps.Take(answer).Where(step => step.Kind != AgentItemKind.Answer)];
        bool runsSql = false;
        foreach (AgentStep step in work.Where(step => step.HasOpenCalls != runsSql))
        {
            runsSql = step.HasOpenCalls;
            phases.Add(Sighting(runsSql ? AgentStatus.RunningSql : AgentStatus.Thinking, step));
        }
        if (answer == steps.Count)
            return phases;
        // Where a result never came, the statement ran until the answer did.
        AgentStep? writesFrom = runsSql ? steps[answer] : work.Length > 0 ? work[^1] : null;
        phases.Add(writesFrom is AgentStep from ? Sighting(AgentStatus.Writing, from) : accepted with { Status = AgentStatus.Writing });
        return phases;
    }

    /// <summary>Where the answer begins that nothing but more of it follows; the number of steps where there is none.</summary>
    private static int AnswerOf(IReadOnlyList<AgentStep> steps)
    {
        int first = steps.Count;
        while (first > 0 && steps[first - 1].Kind == AgentItemKind.Answer)
            first--;
        return first;
    }

    private static StatusSighting Sighting(string status, AgentStep step)
    {
        long from = step.NotBefore ?? step.At;
        return new StatusSighting(status, from, step.At) { Earliest = from };
    }
}
