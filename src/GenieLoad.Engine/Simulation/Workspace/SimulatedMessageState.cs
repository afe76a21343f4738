using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;
using GenieLoad.Model;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A query that was run again because its result had expired.</summary>
internal sealed record QueryRerun(string AttachmentId, ScriptedStatement Statement)
{
    public string StatementId => Statement.Id;

    public long RunsFrom => Statement.CompilesFrom;

    public long DoneAt => Statement.AnsweredAt;
}

/// <summary>A message as the simulated service keeps it.</summary>
internal sealed class SimulatedMessageState
{
    private long _endDeliveredAt = SimulatedCall.NoInstant;
    private long _acceptanceDeliveredAt = SimulatedCall.NoInstant;
    private long _calls;
    private int _polls;
    private QueryRerun? _rerun;
    private MessageScript? _script;

    public required string MessageId { get; init; }

    public required SimulatedConversation Conversation { get; init; }

    /// <summary>Place in the conversation, from 1.</summary>
    public required int Turn { get; init; }

    public required string Question { get; init; }

    /// <summary>Who asked.</summary>
    public required string User { get; init; }

    /// <summary>Who asked, as messages name people.</summary>
    public long UserId { get; init; } = GenieJson.UserId;

    /// <summary>Who asked, as the billing tables name him.</summary>
    public required string Identity { get; init; }

    /// <summary>DBU that Genie charges for it.</summary>
    public required decimal GenieDbu { get; init; }

    public required SimulatedTexts.Topic Topic { get; init; }

    /// <summary>Which acceptance of the same text it is, from 1.</summary>
    public required int Occurrence { get; init; }

    /// <summary>Number that belongs to text and occurrence, so that what is drawn for it depends on nothing else.</summary>
    public required long Key { get; init; }

    public required MessageScript Script
    {
        get => Volatile.Read(ref _script)!;
        init => _script = value;
    }

    /// <summary>What it has as an agent turn; <see langword="null"/> for a message of chat mode.</summary>
    public AgentTurn? Agent { get; init; }

    public required long ReceivedAt { get; init; }

    /// <summary>Fault of the call that asked it.</summary>
    public required SimulatedFault AskFault { get; init; }

    public string? FeedbackRating { get; set; }

    public string? FeedbackComment { get; set; }

    public QueryRerun? Rerun
    {
        get => Volatile.Read(ref _rerun);
        set => Volatile.Write(ref _rerun, value);
    }

    public int Polls => Volatile.Read(ref _polls);

    /// <summary>The query whose result answers: the last one.</summary>
    public ScriptedAttachment? AnswerQuery => Script.Attachments.LastOrDefault(a => a.Kind == AttachmentKind.Query);

    /// <summary>What the warehouse ran for it, in order; a query that was run again comes last.</summary>
    public IEnumerable<ScriptedStatement> AllStatements =>
        Script.Statements.Concat(Rerun is { } rerun ? [rerun.Statement] : Array.Empty<ScriptedStatement>());

    public long NextCall() => Interlocked.Increment(ref _calls);

    public void CountPoll() => Interlocked.Increment(ref _polls);

    /// <summary>Ends it as cancelled; whether it was an agent turn in progress.</summary>
    public bool TryCancel(long now)
    {
        MessageScript script = Script;
        return script.Agent is not null && !script.IsTerminalAt(now)
            && Interlocked.CompareExchange(ref _script, script.CancelledAt(now), script) == script;
    }

    /// <summary>Its stream has told an event.</summary>
    public void Told(ScriptedEvent one, long now)
    {
        Agent!.Told(one, now);
        if (one.Kind == SimulatedAgentEventKind.Created)
            AcceptanceDelivered(now);
        else if (one.Kind == SimulatedAgentEventKind.Terminal)
            EndDelivered(now);
    }

    public void EndDelivered(long now) => Interlocked.CompareExchange(ref _endDeliveredAt, now, SimulatedCall.NoInstant);

    public void AcceptanceDelivered(long now) => Interlocked.CompareExchange(ref _acceptanceDeliveredAt, now, SimulatedCall.NoInstant);

    public string StatusAt(long now)
    {
        string status = Script.StatusAt(now);
        return status == MessageStatuses.Expired && Rerun is { } rerun && now >= rerun.DoneAt ? MessageStatuses.Completed : status;
    }

    public long LastChangeAt(long now)
    {
        long change = Script.LastChangeAt(now);
        return Rerun is { } rerun && now >= rerun.DoneAt ? Math.Max(change, rerun.DoneAt) : change;
    }

    /// <summary>The truth about it, for the record.</summary>
    public SimulatedMessage ToRecord(SimulatorClock clock)
    {
        MessageScript script = Script;
        IReadOnlyList<ScriptedPhase> scripted = script.Agent?.Phases ?? script.Phases;
        var phases = new SimulatedPhase[scripted.Count - 1];
        for (int i = 0; i < phases.Length; i++)
            phases[i] = new SimulatedPhase(scripted[i].Status, clock.Instant(scripted[i].Start), clock.Instant(scripted[i + 1].Start));

        return new SimulatedMessage
        {
            MessageId = MessageId,
            Mode = script.Agent is null ? QuestionMode.Chat : QuestionMode.Agent,
            ConversationId = Conversation.Id,
            SpaceId = Conversation.SpaceId,
            Turn = Turn,
            Question = Question,
            Occurrence = Occurrence,
            Identity = Identity,
            GenieDbu = GenieDbu,
            ReceivedAt = clock.Instant(ReceivedAt),
            AcceptedAt = clock.Instant(script.AcceptedAt),
            AskFault = AskFault,
            AcceptanceDeliveredAt = Instant(clock, ref _acceptanceDeliveredAt),
            Phases = phases,
            Events = script.Agent is { } agent ? [.. agent.Events.Select(one => Agent!.ToRecord(one, MessageId, clock))] : [],
            CompletedAt = clock.Instant(script.CompletedAt),
            FinalStatus = script.FinalStatus,
            Drift = script.Drift,
            ErrorType = script.ErrorType,
            EndDeliveredAt = Instant(clock, ref _endDeliveredAt),
            Polls = Polls,
            Statements = [.. AllStatements.Select(statement => ToRecord(statement, clock))],
        };
    }

    private SimulatedStatement ToRecord(ScriptedStatement statement, SimulatorClock clock)
    {
        double Seconds(long from, long to) => clock.Between(from, to).TotalSeconds;
        return new SimulatedStatement
        {
            StatementId = statement.Id,
            MessageId = MessageId,
            StartedAt = clock.Instant(statement.StartsAt),
            EndedAt = clock.Instant(statement.EndsAt),
            WarehouseStartSeconds = Seconds(statement.StartsAt, statement.ReadyAt),
            WarehouseQueueSeconds = Seconds(statement.ReadyAt, statement.CompilesFrom),
            CompileSeconds = Seconds(statement.CompilesFrom, statement.ExecutesFrom),
            ExecuteSeconds = Seconds(statement.ExecutesFrom, statement.FetchesFrom),
            ResultFetchSeconds = Seconds(statement.FetchesFrom, statement.FetchedAt),
            UnnamedSeconds = Seconds(statement.FetchedAt, statement.EndsAt),
            Succeeded = statement.Succeeds,
            FromResultCache = statement.IsFromCache,
            IsMissing = statement.IsMissing,
            ReadBytes = statement.ReadBytes,
            ReadFiles = statement.ReadFiles,
            PrunedFiles = statement.PrunedFiles,
            SpilledBytes = statement.SpilledBytes,
            RowsProduced = statement.RowsProduced,
        };
    }

    private static SimulatedInstant? Instant(SimulatorClock clock, ref long timestamp) =>
        Volatile.Read(ref timestamp) is var value && value == SimulatedCall.NoInstant ? null : clock.Instant(value);
}
