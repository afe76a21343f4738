using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Lets released questions in as workers become free and the pacer allows, in the order of release, and the turns of one conversation
/// strictly one at a time. Decides only who is next and what each had to wait for; <see cref="Admission"/> starts them, and holds its lock
/// meanwhile: not safe for several threads.
/// </summary>
/// <param name="workerCount">Most questions in flight.</param>
/// <param name="pacer">Limit of questions per time; <see langword="null"/> for none.</param>
/// <param name="sheds">Whether a question that finds no free worker is turned away instead of waiting.</param>
internal sealed class AdmissionQueue(int workerCount, QuestionPacer? pacer, bool sheds)
{
    private readonly Queue<QuestionTrace> _ready = new();
    private readonly Dictionary<string, Conversation> _conversations = [];
    private readonly Stack<int> _freeWorkers = new(Enumerable.Range(1, workerCount).Reverse());
    // Time so far during which no worker was free, and since when none is. What a question waits beyond that is the pacer's.
    private long _withoutWorker;
    private long? _withoutWorkerSince;
    private long _workerFreeSince = long.MinValue;

    /// <summary>When the first in the queue may be taken, where only the pacer holds it back; <see langword="null"/> otherwise.</summary>
    public long? WakeAt { get; private set; }

    /// <summary>A question is due.</summary>
    public void Enqueue(QuestionTrace trace)
    {
        if (trace.Question.Conversation is not string key)
        {
            Ready(trace, trace.FiredAt!.Value);
            return;
        }
        if (!_conversations.TryGetValue(key, out Conversation? conversation))
            _conversations[key] = conversation = new Conversation();
        if (conversation.Busy)
        {
            conversation.Waiting.Enqueue(trace);
            return;
        }
        conversation.Busy = true;
        Ready(trace, trace.FiredAt!.Value);
    }

    /// <summary>
    /// Takes the next question, with a worker and its conversation filled in; or without a worker, which means that it is turned away.
    /// </summary>
    /// <param name="now">Timestamp of now.</param>
    /// <returns><see langword="null"/> when nobody may start.</returns>
    public QuestionTrace? Take(long now)
    {
        WakeAt = null;
        bool workerIsFree = _freeWorkers.Count > 0;
        if (!_ready.TryPeek(out QuestionTrace? trace) || !(workerIsFree || sheds))
            return null;
        if (HeldUntil(trace, workerIsFree, now) is long later)
        {
            WakeAt = later;
            return null;
        }
        _ready.Dequeue();
        trace.PacingWait = pacer is null ? 0 : now - trace.ReadyAt - (WithoutWorker(now) - trace.WithoutWorkerBefore);
        if (!workerIsFree)
            return trace;
        trace.Worker = _freeWorkers.Pop();
        if (_freeWorkers.Count == 0)
            _withoutWorkerSince = now;
        if (trace.Question.Conversation is string key)
            trace.ConversationId = _conversations[key].Id;
        return trace;
    }

    /// <summary>A conversation has begun in an earlier stretch of the run.</summary>
    public void Restore(string key, string conversationId) =>
        _conversations[key] = new Conversation { Id = ServiceId.OrNull(conversationId) };

    /// <summary>
    /// Gives a worker to a question that is in flight already, whatever the pace; its conversation is busy with it. Where more are in
    /// flight than may be, because the end of some had not been written down, it goes without.
    /// </summary>
    public void Occupy(QuestionTrace trace)
    {
        trace.Worker = _freeWorkers.TryPop(out int worker) ? worker : null;
        if (trace.Question.Conversation is string key)
            _conversations[key] = new Conversation { Id = trace.ConversationId, Busy = true };
    }

    /// <summary>A question that was taken has ended: its worker is free, and its conversation's next turn may follow.</summary>
    /// <param name="trace">Its trace.</param>
    /// <param name="now">Timestamp of now.</param>
    public void Release(QuestionTrace trace, long now)
    {
        if (trace.Worker is int worker)
        {
            _withoutWorker = WithoutWorker(now);
            if (_withoutWorkerSince is not null)
                _workerFreeSince = now;
            _withoutWorkerSince = null;
            _freeWorkers.Push(worker);
        }
        if (trace.Question.Conversation is not string key)
            return;
        Conversation conversation = _conversations[key];
        // A first turn that was never accepted has no conversation; the next turn then begins one.
        conversation.Id ??= trace.ConversationId;
        conversation.Busy = conversation.Waiting.TryDequeue(out QuestionTrace? next);
        if (next is not null)
            Ready(next, now);
    }

    /// <summary>
    /// When the pacer lets a question through, if that is later than now; else its turn is taken, unless it is about to be turned away.
    /// </summary>
    private long? HeldUntil(QuestionTrace trace, bool take, long now)
    {
        if (pacer is null)
            return null;
        long from = Math.Max(trace.ReadyAt, _workerFreeSince);
        if (take)
            return pacer.TryTake(from, now, out long granted) ? null : granted;
        long earliest = pacer.Earliest(from);
        return earliest > now ? earliest : null;
    }

    private void Ready(QuestionTrace trace, long now)
    {
        trace.ReadyAt = now;
        trace.WithoutWorkerBefore = WithoutWorker(now);
        _ready.Enqueue(trace);
    }

    private long WithoutWorker(long now) => _withoutWorker + (_withoutWorkerSince is long since ? now - since : 0);

    private sealed class Conversation
    {
        public string? Id { get; set; }

        public bool Busy { get; set; }

        public Queue<QuestionTrace> Waiting { get; } = new();
    }
}
