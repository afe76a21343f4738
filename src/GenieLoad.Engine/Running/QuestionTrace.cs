using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running.Ways;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Everything seen of one question on its way, with monotonic timestamps. Written by its runner alone; read when
/// that has ended.
/// </summary>
internal sealed class QuestionTrace(PlannedQuestion question, long plannedAt, CallPolicy calls)
{
    private readonly List<StatusSighting> _sightings = new(2);
    private List<ReadOnlyMemory<byte>>? _resultBodies;
    private PackedTimestamp _firedAt, _acceptedAt, _attachmentSeenAt, _sqlSeenAt, _resultReadAt, _doneAt, _leftAt;

    public PlannedQuestion Question { get; } = question;

    public CallPolicy Calls { get; } = calls;

    /// <summary>When it was due.</summary>
    public long PlannedAt { get; } = plannedAt;

    /// <summary>Name of the connection that it is asked on.</summary>
    public string? Connection { get; init; }

    /// <summary>When the scheduler released it.</summary>
    public long? FiredAt { get => _firedAt; set => _firedAt = value; }

    /// <summary>When nothing but a worker and the pacer was missing.</summary>
    public long ReadyAt { get; set; }

    /// <summary>Time of the run without a free worker, as it was at <see cref="ReadyAt"/>.</summary>
    public long WithoutWorkerBefore { get; set; }

    /// <summary>Paused time of the run, as it was at <see cref="ReadyAt"/>.</summary>
    public long PausedBefore { get; set; }

    /// <summary>Time for which it was held back because the run was paused, in ticks of the monotonic clock.</summary>
    public long PauseWait { get; set; }

    /// <summary>Time for which it was held back by the pacer alone, in ticks of the monotonic clock.</summary>
    public long PacingWait { get; set; }

    /// <summary>Time for which it waited until its mark was on the disk, in ticks of the monotonic clock.</summary>
    public long MarkWait { get; set; }

    /// <summary>Worker that carries it, from 1.</summary>
    public int? Worker { get; set; }

    public string? ConversationId { get; set; }

    public string? MessageId { get; set; }

    /// <summary>When the service's acceptance had been read.</summary>
    public long? AcceptedAt { get => _acceptedAt; private set => _acceptedAt = value; }

    /// <summary>When the last result part had been read.</summary>
    public long? ResultReadAt { get => _resultReadAt; set => _resultReadAt = value; }

    /// <summary>When its fate was known.</summary>
    public long? DoneAt { get => _doneAt; private set => _doneAt = value; }

    /// <summary>When the service had been told that nobody waits for it any more; <see langword="null"/> where it was not.</summary>
    public long? LeftAt { get => _leftAt; set => _leftAt = value; }

    public int Polls { get; private set; }

    /// <summary>Changes of status, in the order seen; the first is the one at acceptance.</summary>
    public IReadOnlyList<StatusSighting> Sightings => _sightings;

    /// <summary>The message as last read, and its bytes.</summary>
    public GenieMessage? Message { get; private set; }

    public ReadOnlyMemory<byte> MessageBody { get; private set; }

    /// <summary>Both together; without bytes where there was no memory for them.</summary>
    public (GenieMessage Message, ReadOnlyMemory<byte> Body)? LastSeen => Message is null ? null : (Message, MessageBody);

    /// <summary>Whether its ids have been told to whoever keeps them.</summary>
    public bool IsFindable { get; set; }

    /// <summary>Status that the progress of the run counts it under; <see langword="null"/> for none.</summary>
    public string? CountedStatus { get; set; }

    /// <summary>What has been seen of an agent's work on it; <see langword="null"/> in chat mode.</summary>
    public AgentSteps? Agent { get; set; }

    /// <summary>The memory that it shares with the others.</summary>
    public AnswerMemory Memory { get; init; } = new(long.MaxValue);

    /// <summary>Bytes of the answer for which there was no memory.</summary>
    public long NotKeptBytes => _messageNotKept + _resultNotKept;

    public IReadOnlyList<ReadOnlyMemory<byte>> ResultBodies => _resultBodies ?? (IReadOnlyList<ReadOnlyMemory<byte>>)[];

    /// <summary>What the service answered, as far as it was kept.</summary>
    public QuestionResponses Responses => new(MessageBody, ResultBodies) { NotKeptBytes = NotKeptBytes, Released = GiveBackMemory };

    public ResultFigures Result { get; set; } = ResultFigures.None;

    /// <summary>Whether all of the answer that was read was kept too.</summary>
    public bool IsWhole => NotKeptBytes == 0;

    /// <summary>What the answer says, in a form that can be compared; <see langword="null"/> until it is answered in full.</summary>
    public SignedAnswer? Signed { get; set; }

    /// <summary>The statements that polls have shown.</summary>
    public SeenStatements Statements { get; } = new();

    public string Outcome { get; private set; } = Model.Outcome.NotStarted;

    public string? ErrorType { get; private set; }

    public string? ErrorText { get; private set; }

    public int? HttpStatus { get; private set; }

    /// <summary>When the last poll that was answered had been sent; before the first, when the question had been.</summary>
    public long LastLookAt { get; private set; }

    /// <summary>Longest time from the send of one poll to the receipt of the next.</summary>
    public long LongestGap { get; private set; }

    /// <summary>When the first poll had been read that showed any part of an answer.</summary>
    public long? AttachmentSeenAt { get => _attachmentSeenAt; private set => _attachmentSeenAt = value; }

    /// <summary>When the first poll had been read that showed the query.</summary>
    public long? SqlSeenAt { get => _sqlSeenAt; private set => _sqlSeenAt = value; }

    // The body, and its texts at two bytes a character.
    private const long MessageShare = 3;

    // More than what a call takes now and then.
    private const double GrowingGap = 1.2;

    private long _previousSentAt;
    private long _sentBefore;
    private long _taken;
    private long _takenByMessage;
    private long _messageNotKept;
    private long _resultNotKept;

    public string? Status => _sightings.Count == 0 ? null : _sightings[^1].Status;

    /// <summary>
    /// The question as it stood when the run was interrupted, where the service had taken it before; otherwise <see langword="null"/>.
    /// </summary>
    public QuestionResult? Before { get; private set; }

    /// <summary>Takes over a question that the service has taken already.</summary>
    public void Reattach(QuestionResult open)
    {
        Before = open;
        FiredAt = PlannedAt;
        ReadyAt = PlannedAt;
        ConversationId = open.ConversationId;
        MessageId = open.MessageId;
    }

    /// <summary>The service took the question.</summary>
    public void Accepted(long sentAt, long receivedAt, string status)
    {
        AcceptedAt = receivedAt;
        _previousSentAt = receivedAt;
        _sentBefore = receivedAt;
        LastLookAt = sentAt;
        _sightings.Add(new StatusSighting(status, receivedAt, receivedAt) { Earliest = sentAt });
    }

    /// <summary>A poll was answered.</summary>
    public void Polled(ApiReply<GenieMessage> reply)
    {
        Polls++;
        Statements.Saw(reply.Value);
        Keep(reply.Value, reply.Body);
        // Without a status the message is where it was.
        string status = reply.Value.Status ?? Status!;
        long gap = reply.ReceivedAt - LastLookAt;
        LongestGap = Math.Max(LongestGap, gap);
        if (status != Status)
        {
            // Where the wait was longer than the one before it, waits grow with the time that the question has been under way.
            bool isGrowing = reply.SentAt - _previousSentAt > GrowingGap * (_previousSentAt - _sentBefore);
            _sightings.Add(new StatusSighting(status, _previousSentAt, reply.ReceivedAt)
            {
                Earliest = LastLookAt,
                AcceptedAt = isGrowing && MessageStatus.IsTerminal(status) ? AcceptedAt : null,
            });
        }
        else
            _sightings[^1] = _sightings[^1] with { LongestGap = Math.Max(_sightings[^1].LongestGap, gap) };
        _sentBefore = _previousSentAt;
        _previousSentAt = reply.SentAt;
        LastLookAt = reply.SentAt;
        if (reply.Value.Attachments is { Count: > 0 })
            AttachmentSeenAt ??= reply.ReceivedAt;
        if (Answer.Query(reply.Value) is not null)
            SqlSeenAt ??= reply.ReceivedAt;
    }

    /// <summary>The items of its conversation were looked at.</summary>
    public void Looked() => Polls++;

    /// <summary>An agent's response has ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="body">What told it, word for word.</param>
    /// <param name="at">Monotonic timestamp at which that had been read.</param>
    /// <param name="notBefore">Where it was looked for: timestamp at which it had not ended yet.</param>
    public void Concluded(AgentEnd end, ReadOnlyMemory<byte> body, long at, long? notBefore = null)
    {
        GenieMessage message = Agent!.ToMessage(end);
        foreach (string id in Agent.Statements)
            Statements.Saw(id);
        Keep(message, body);
        Result = new ResultFigures { RowCount = Agent.RowCount, Truncated = Agent.Preview?.IsCut };
        Agent.Ended(new StatusSighting(end.Status, notBefore ?? at, at) { Earliest = notBefore ?? at });
        End(OutcomeOf(end), at, end.ErrorType, end.ErrorText);
    }

    /// <summary>Puts the phases in the place of what was seen while it was not known yet what it would become.</summary>
    /// <param name="phases">Makes them of the acceptance and the steps.</param>
    public void Phased(Func<StatusSighting, IReadOnlyList<AgentStep>, IEnumerable<StatusSighting>> phases)
    {
        if (_sightings.Count == 0)
            return;
        StatusSighting[] ends = Agent!.End is StatusSighting end ? [end] : [];
        StatusSighting[] all = [.. phases(_sightings[0], Agent.Steps), .. ends];
        _sightings.Clear();
        _sightings.AddRange(all);
    }

    private static string OutcomeOf(AgentEnd end) => end switch
    {
        { Status: MessageStatus.Completed } => Model.Outcome.Completed,
        { Status: MessageStatus.Cancelled } => Model.Outcome.Cancelled,
        _ when GenieErrorTypes.IsRateLimit(end.ErrorType) => Model.Outcome.Throttled,
        _ => Model.Outcome.Failed,
    };

    public void ResultRead(ReadOnlyMemory<byte> body)
    {
        if (!Memory.TryTake(body.Length))
        {
            _resultNotKept += body.Length;
            return;
        }
        _taken += body.Length;
        (_resultBodies ??= []).Add(body);
    }

    /// <summary>What was kept is written, or no longer needed; its memory is free for others. A second time does nothing.</summary>
    public void GiveBackMemory()
    {
        Memory.GiveBack(_taken + _takenByMessage);
        _taken = 0;
        _takenByMessage = 0;
    }

    /// <summary>
    /// Keeps a message in place of the one before it. Where nothing has changed since, that one stays, bytes and all: replacing it would
    /// make garbage of what has been held for long, which is the dearest to collect.
    /// </summary>
    private void Keep(GenieMessage message, ReadOnlyMemory<byte> body)
    {
        if (message == Message)
            return;
        Memory.GiveBack(_takenByMessage);
        _takenByMessage = MessageShare * body.Length;
        if (Memory.TryTake(_takenByMessage))
        {
            (Message, MessageBody, _messageNotKept) = (message, body, 0);
            return;
        }
        _takenByMessage = 0;
        (Message, MessageBody, _messageNotKept) = (message.Brief(), default, body.Length);
    }

    public void End(string outcome, long at, string? errorType = null, string? errorText = null, int? httpStatus = null)
    {
        Outcome = outcome;
        DoneAt = at;
        ErrorType = errorType;
        ErrorText = errorText;
        HttpStatus = httpStatus;
    }
}

/// <summary>A status seen for the first time in a row.</summary>
/// <param name="Status">The status.</param>
/// <param name="NotBefore">Monotonic timestamp of the send of the poll before, which still showed the old one.</param>
/// <param name="NotAfter">Monotonic timestamp at which the poll that showed it had been read.</param>
internal readonly record struct StatusSighting(string Status, long NotBefore, long NotAfter)
{
    private readonly PackedTimestamp _acceptedAt;

    /// <summary>
    /// Of an end that was seen after waits that grow: when the question had been accepted; <see langword="null"/> for any other change.
    /// </summary>
    public long? AcceptedAt { get => _acceptedAt; init => _acceptedAt = value; }

    /// <summary>
    /// Best guess of the change: the middle of the two. For an end after waits that grow it is sooner: answers of unknown length are as
    /// likely from 5 to 10 s as from 10 to 20 s, that is with a density that falls as 1 / t, whose mean between a and b is
    /// (b - a) / ln(b / a). Where waits between polls grow with the time that it takes, the middle would take polls for more punctual
    /// than they are.
    /// </summary>
    public long Estimate
    {
        get
        {
            double from = NotBefore - AcceptedAt ?? 0;
            double to = NotAfter - AcceptedAt ?? 0;
            return from > 0 && to > from
                ? NotBefore + (long)(((to - from) / Math.Log(to / from)) - from)
                : NotBefore + ((NotAfter - NotBefore) / 2);
        }
    }

    /// <summary>
    /// Monotonic timestamp before which it cannot have begun. Differs from <see cref="NotBefore"/> for what follows acceptance at once: the
    /// service may begin before its acceptance has been read, and no time of a question begins before that.
    /// </summary>
    public long Earliest { get; init; }

    /// <summary>Longest time between two polls that both showed it.</summary>
    public long LongestGap { get; init; }
}

/// <summary>What the result of the answering query amounts to.</summary>
internal sealed record ResultFigures
{
    /// <summary>Of a query that has shown no result.</summary>
    public static ResultFigures None { get; } = new();

    public string? StatementId { get; init; }

    public long? RowCount { get; init; }

    public bool? Truncated { get; init; }
}
