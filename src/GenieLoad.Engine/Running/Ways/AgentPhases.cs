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
    public static List<StatusSighting> Of(StatusSighting accepted, IReadOnlyList<AgentStep> steps)
    {
        List<StatusSighting> phases = [accepted];
        StatusSighting last = accepted;
        bool runsSql = false;
        int answer = AnswerOf(steps);
        for (int i = 0; i < steps.Count; i++)
        {
            AgentStep step = steps[i];
            // Where a result never came, the statement ran until the answer did.
            bool isAnswer = i == answer;
            if (step.Kind == AgentItemKind.Answer && !(isAnswer && runsSql))
                continue;
            bool runs = step.HasOpenCalls && !isAnswer;
            last = Sighting(runs ? AgentStatus.RunningSql : AgentStatus.Thinking, step);
            if (runs != runsSql)
                phases.Add(last);
            runsSql = runs;
        }
        if (answer < 0)
            return phases;
        if (phases[^1].NotAfter == last.NotAfter && phases.Count > 1)
            phases.RemoveAt(phases.Count - 1);
        phases.Add(last with { Status = AgentStatus.Writing });
        return phases;
    }

    /// <summary>Where the answer began that nothing but more of it follows; -1 where there is none.</summary>
    private static int AnswerOf(IReadOnlyList<AgentStep> steps)
    {
        int first = steps.Count;
        while (first > 0 && steps[first - 1].Kind == AgentItemKind.Answer)
            first--;
        return first == steps.Count ? -1 : first;
    }

    private static StatusSighting Sighting(string status, AgentStep step)
    {
        long from = step.NotBefore ?? step.At;
        return new StatusSighting(status, from, step.At) { Earliest = from };
    }
}
