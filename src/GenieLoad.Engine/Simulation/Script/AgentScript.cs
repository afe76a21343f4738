using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>What an agent turn adds to the script of a message.</summary>
/// <param name="acceptedAt">When it is accepted.</param>
/// <param name="events">In order of their instants; the last is the end.</param>
/// <param name="ending">How it ends.</param>
internal sealed class AgentScript(long acceptedAt, IReadOnlyList<ScriptedEvent> events, AgentEnding ending)
{
    public IReadOnlyList<ScriptedEvent> Events => events;

    public AgentEnding Ending => ending;

    /// <summary>What the agent does, by <see cref="AgentStatus"/>; the last is the end.</summary>
    public IReadOnlyList<ScriptedPhase> Phases { get; } = PhasesOf(acceptedAt, events, FinalStatusOf(ending));

    /// <summary>The items that there are at an instant.</summary>
    public IEnumerable<ScriptedEvent> ItemsAt(long now) => events.Where(one => one.IsItem && one.DueAt <= now);

    /// <summary>The script of the message.</summary>
    /// <param name="attachments">In order of appearance.</param>
    /// <param name="errorType">Of a turn that fails.</param>
    /// <param name="errorText">The same in words.</param>
    public MessageScript ToMessage(ScriptedAttachment[] attachments, string? errorType = null, string? errorText = null)
    {
        long? acknowledged = events.FirstOrDefault(one => one.Kind == SimulatedAgentEventKind.Created)?.DueAt;
        ScriptedPhase[] phases =
        [
            new(MessageStatuses.Submitted, acceptedAt),
            .. acknowledged is long at ? new ScriptedPhase[] { new(MessageStatuses.AskingAi, at) } : [],
            .. Phases.Skip(1).Select(phase => phase with { Status = MessageStatusOf(phase.Status) }),
        ];
        return new MessageScript(phases, attachments) { Agent = this, ErrorType = errorType, ErrorText = errorText };
    }

    /// <summary>The same turn as it goes when it is cancelled at an instant before its end.</summary>
    public AgentScript CancelledAt(long now) => new(
        acceptedAt,
        [.. events.Where(one => one.DueAt <= now), new ScriptedEvent(SimulatedAgentEventKind.Terminal, "", now)],
        AgentEnding.Cancelled);

    private static string FinalStatusOf(AgentEnding ending) => ending switch
    {
        AgentEnding.Completed => MessageStatuses.Completed,
        AgentEnding.Cancelled => MessageStatuses.Cancelled,
        _ => MessageStatuses.Failed,
    };

    private static string MessageStatusOf(string status) => status switch
    {
        AgentStatus.RunningSql => MessageStatuses.ExecutingQuery,
        AgentStatus.Thinking or AgentStatus.Writing => MessageStatuses.AskingAi,
        _ => status,
    };

    private static List<ScriptedPhase> PhasesOf(long acceptedAt, IReadOnlyList<ScriptedEvent> events, string finalStatus)
    {
        ScriptedEvent? writesFrom = events.TakeWhile(one => one.Kind != SimulatedAgentEventKind.Message)
            .LastOrDefault(one => one.Kind is SimulatedAgentEventKind.Reasoning or SimulatedAgentEventKind.FunctionCallOutput);
        bool answers = events.Any(one => one.Kind == SimulatedAgentEventKind.Message);
        List<ScriptedPhase> phases = [new(AgentStatus.Thinking, acceptedAt)];
        int open = 0;
        bool writes = false;
        foreach (ScriptedEvent one in events)
        {
            open += one.Kind switch { SimulatedAgentEventKind.FunctionCall => 1, SimulatedAgentEventKind.FunctionCallOutput => -1, _ => 0 };
            writes |= answers && one == writesFrom;
            string status = one.Kind == SimulatedAgentEventKind.Terminal ? finalStatus
                : writes ? AgentStatus.Writing
                : open > 0 ? AgentStatus.RunningSql
                : AgentStatus.Thinking;
            if (status != phases[^1].Status)
                phases.Add(new ScriptedPhase(status, one.DueAt));
        }

        return phases;
    }
}
