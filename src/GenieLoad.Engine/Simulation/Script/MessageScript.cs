namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A status and the instant at which it begins.</summary>
internal readonly record struct ScriptedPhase(string Status, long Start);

/// <summary>What an attachment is.</summary>
internal enum AttachmentKind
{
    Query,
    Text,
    Clarification,
    SuggestedQuestions,
}

/// <summary>One attachment and the instant at which it appears in the message.</summary>
internal sealed record ScriptedAttachment(AttachmentKind Kind, string Id, long VisibleFrom)
{
    /// <summary>Which try of the query it is, from 0.</summary>
    public int Version { get; init; }

    /// <summary>The statement of a query.</summary>
    public ScriptedStatement? Statement { get; init; }

    public string? StatementId => Statement?.Id;

    /// <summary>The statement id is known from the instant at which the query runs.</summary>
    public long RunsFrom => Statement?.CompilesFrom ?? 0;

    /// <summary>The size of the result is known from the instant at which the query has run; never for a query that failed.</summary>
    public long HasResultFrom { get; init; } = long.MaxValue;
}

/// <summary>
/// Everything that will happen to a message, drawn when it is accepted. Its state at any instant is a pure function of the instant, so a
/// message in flight needs neither a timer nor a thread.
/// </summary>
/// <param name="phases">In order of their start; the first is SUBMITTED, the last is terminal.</param>
/// <param name="attachments">In order of appearance.</param>
internal sealed class MessageScript(ScriptedPhase[] phases, ScriptedAttachment[] attachments)
{
    public IReadOnlyList<ScriptedPhase> Phases => phases;

    public IReadOnlyList<ScriptedAttachment> Attachments => attachments;

    /// <summary>What was run for it, in order.</summary>
    public IEnumerable<ScriptedStatement> Statements => attachments.Select(attachment => attachment.Statement).OfType<ScriptedStatement>();

    public long AcceptedAt => phases[0].Start;

    public long CompletedAt => phases[^1].Start;

    public string FinalStatus => phases[^1].Status;

    /// <summary>How its answer differs from the usual one; <see langword="null"/> for the usual one.</summary>
    public SimulatedDrift? Drift { get; init; }

    /// <summary>What an agent does for it; <see langword="null"/> for a message of chat mode.</summary>
    public AgentScript? Agent { get; init; }

    /// <summary>Error of a message that ends as FAILED.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The same in words.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Instant from which the service counts one repair; never, without one.</summary>
    public long RegeneratedFrom { get; init; } = long.MaxValue;

    /// <summary>The script of an agent turn that is cancelled at an instant before its end: what has not come never comes.</summary>
    public MessageScript CancelledAt(long now) => Agent!.CancelledAt(now).ToMessage(
    [
        .. attachments.Where(attachment => attachment.VisibleFrom <= now)
            .Select(attachment => attachment.HasResultFrom <= now ? attachment : attachment with { HasResultFrom = long.MaxValue }),
    ]);

    public bool IsTerminalAt(long instant) => instant >= CompletedAt;

    public string StatusAt(long instant)
    {
        for (int i = phases.Length - 1; i > 0; i--)
        {
            if (phases[i].Start <= instant)
                return phases[i].Status;
        }

        return phases[0].Status;
    }

    /// <summary>The latest change of status or attachments that is not after the instant.</summary>
    public long LastChangeAt(long instant)
    {
        long latest = AcceptedAt;
        foreach (ScriptedPhase phase in phases)
        {
            if (phase.Start <= instant)
                latest = Math.Max(latest, phase.Start);
        }

        foreach (ScriptedAttachment attachment in attachments)
        {
            if (attachment.VisibleFrom <= instant)
                latest = Math.Max(latest, attachment.VisibleFrom);
        }

        return latest;
    }
}
