using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Lets released questions in as workers become free and the pacer allows, in the order of release, and the turns of one conversation
/// strictly one at a time. Decides only who is next and what each had to wait for; <see cref="Admission"/> starts them, and holds its lock
/// meanwhile: not safe for several threads.
/// </summary>
/// <param name="workerCount">Most questions in flight, until <see cref="SetWorkerCount"/>.</param>
/// <param name="pacer">Limit of questions per time.</param>
/// <param name="sheds">Whether a question that finds no free worker is turned away instead of waiting.</param>
internal sealed class AdmissionQueue(int workerCount, IQuestionPacer pacer, bool sheds)
{
    private readonly Queue<QuestionTrace> _ready = new();
    private readonly Dictionary<string, Conversation> _conversations = [];
    // Workers that have carried a question and carry none; the number of the last one made; and how many carry one.
    private readonly Stack<int> _freeWorkers = new();
    private int _lastWorker;
    private int _busyWorkers;
    private int _workerCount = workerCount;
    // Time so far that was paused, and since when it is.
    private long _paused;
    private long? _pausedSince;
    // Of the rest: time during which no worker was free, and since when none is. What a question waits beyond that is the pacer's.
    private long _withoutWorker;
    private long? _withoutWorkerSince;
    // Nothing could be sent before, whatever the pace.
    private long _openSince = long.MinValue;

    /// <summary>When the first in the queue may be taken, where only the pacer holds it back; <see langword="null"/> otherwise.</summary>
    public long? WakeAt { get; private set; }

    private bool HasFreeWorker => _busyWorkers < _workerCount;

    /// <summary>Holds every question back from now on, or lets them in again.</summary>
    /// <param name="isPaused">Which.</param>
    /// <param name="now">Timestamp of now.</param>
    public void SetPaused(bool isPaused, long now)
    {
        if (isPaused == _pausedSince is not null)
            return;
        _paused = Paused(now);
        _pausedSince = isPaused ? now : null;
        // What is due from the pause is no reason to send faster than the pace.
        if (!isPaused)
            _openSince = now;
    }

    /// <summary>Changes how many questions may be in flight; those beyond it come to their end.</summary>
    /// <param name="count">From 1.</param>
    /// <param name="now">Timestamp of now.</param>
    public void SetWorkerCount(int count, long now)
    {
        _workerCount = count;
        NoteWorkers(now);
    }

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
        bool workerIsFree = HasFreeWorker;
        if (_pausedSince is not null || !_ready.TryPeek(out QuestionTrace? trace) || !(workerIsFree || sheds))
            return null;
        if (HeldUntil(trace, workerIsFree, now) is long later)
        {
            WakeAt = later;
            return null;
        }
        _ready.Dequeue();
        trace.PauseWait = Paused(now) - trace.PausedBefore;
        trace.PacingWait = pacer.HasLimited
            ? now - trace.ReadyAt - trace.PauseWait - (WithoutWorker(now) - trace.WithoutWorkerBefore)
            : 0;
        if (!workerIsFree)
            return trace;
        trace.Worker = TakeWorker(now);
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
        trace.Worker = HasFreeWorker ? TakeWorker(trace.ReadyAt) : null;
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
            _freeWorkers.Push(worker);
            _busyWorkers--;
            NoteWorkers(now);
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
        long from = Math.Max(trace.ReadyAt, _openSince);
        if (take)
            return pacer.TryTake(from, now, out long granted) ? null : granted;
        long earliest = pacer.Earliest(from);
        return earliest > now ? earliest : null;
    }

    private void Ready(QuestionTrace trace, long now)
    {
        trace.ReadyAt = now;
        trace.WithoutWorkerBefore = WithoutWorker(now);
        trace.PausedBefore = Paused(now);
        _ready.Enqueue(trace);
    }

    private int TakeWorker(long now)
    {
        _busyWorkers++;
        NoteWorkers(now);
        return _freeWorkers.TryPop(out int worker) ? worker : ++_lastWorker;
    }

    /// <summary>Since when no worker is free, or from when on one is.</summary>
    private void NoteWorkers(long now)
    {
        if (HasFreeWorker == _withoutWorkerSince is null)
            return;
        _withoutWorker = WithoutWorker(now);
        if (HasFreeWorker)
            _openSince = now;
        _withoutWorkerSince = HasFreeWorker ? null : Unpaused(now);
    }

    private long WithoutWorker(long now) => _withoutWorker + (_withoutWorkerSince is long since ? Unpaused(now) - since : 0);

    private long Paused(long now) => _paused + (_pausedSince is long since ? now - since : 0);

    // A pause is waited for by everybody, whatever else is missing.
    private long Unpaused(long now) => now - Paused(now);

    private sealed class Conversation
    {
        public string? Id { get; set; }

        public bool Busy { get; set; }

        public Queue<QuestionTrace> Waiting { get; } = new();
    }
}
