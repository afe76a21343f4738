namespace GenieLoad.Engine.Running;

/// <summary>
/// Lets released questions in as workers become free, in the order of release, and the turns of one conversation strictly one at a time.
/// Decides only who is next; the caller starts them. Not safe for several threads: the caller holds its lock.
/// </summary>
internal sealed class Admission(int workerCount)
{
    private readonly Queue<QuestionTrail> _ready = new();
    private readonly Dictionary<string, Conversation> _conversations = [];
    private readonly Stack<int> _freeWorkers = new(Enumerable.Range(1, workerCount).Reverse());

    /// <summary>A question is due.</summary>
    public void Enqueue(QuestionTrail trail)
    {
        if (trail.Question.Conversation is not string key)
        {
            _ready.Enqueue(trail);
            return;
        }
        if (!_conversations.TryGetValue(key, out Conversation? conversation))
            _conversations[key] = conversation = new Conversation();
        if (conversation.Busy)
        {
            conversation.Waiting.Enqueue(trail);
            return;
        }
        conversation.Busy = true;
        _ready.Enqueue(trail);
    }

    /// <summary>Takes the next question that may start, with a worker and its conversation filled in.</summary>
    /// <returns><see langword="null"/> when nobody may.</returns>
    public QuestionTrail? Take()
    {
        if (_ready.Count == 0 || !_freeWorkers.TryPop(out int worker))
            return null;
        QuestionTrail trail = _ready.Dequeue();
        trail.Worker = worker;
        if (trail.Question.Conversation is string key)
            trail.ConversationId = _conversations[key].Id;
        return trail;
    }

    /// <summary>A question that was taken is at its end: its worker is free, and its conversation's next turn may follow.</summary>
    public void Release(QuestionTrail trail)
    {
        _freeWorkers.Push(trail.Worker!.Value);
        if (trail.Question.Conversation is not string key)
            return;
        Conversation conversation = _conversations[key];
        // A first turn that was never accepted has no conversation; the next turn then begins one.
        conversation.Id ??= trail.ConversationId;
        conversation.Busy = conversation.Waiting.TryDequeue(out QuestionTrail? next);
        if (next is not null)
            _ready.Enqueue(next);
    }

    private sealed class Conversation
    {
        public string? Id { get; set; }

        public bool Busy { get; set; }

        public Queue<QuestionTrail> Waiting { get; } = new();
    }
}
