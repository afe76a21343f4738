namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A conversation of a simulated space.</summary>
internal sealed class SimulatedConversation(string id, string spaceId, string title, long createdAt)
{
    private readonly object _gate = new();
    private readonly List<SimulatedMessageState> _messages = new(1);
    private int _turns;

    public string Id => id;

    public string SpaceId => spaceId;

    public string Title => title;

    public long CreatedAt => createdAt;

    /// <summary>Who began it, as <see cref="TokenIssuer.UserOf"/> names callers; anything else for people who do not call.</summary>
    public required string Owner { get; init; }

    /// <summary>Whether it was held in agent mode.</summary>
    public bool IsAgent { get; init; }

    /// <summary>Whether nobody but its owner sees more than the prompts.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// Adds the message that <paramref name="create"/> makes of its turn, from 1, and of whether another one is in progress.
    /// </summary>
    public SimulatedMessageState Add(long now, Func<int, bool, SimulatedMessageState> create)
    {
        lock (_gate)
        {
            SimulatedMessageState message = create(++_turns, IsBusyAt(now));
            _messages.Add(message);
            return message;
        }
    }

    /// <summary>Acts while no other message is added, knowing whether one is in progress.</summary>
    public T Exclusively<T>(long now, Func<bool, T> act)
    {
        lock (_gate)
            return act(IsBusyAt(now));
    }

    public SimulatedMessageState? Find(string messageId)
    {
        lock (_gate)
            return _messages.Find(message => message.MessageId == messageId);
    }

    public bool Remove(string messageId)
    {
        lock (_gate)
            return _messages.RemoveAll(message => message.MessageId == messageId) > 0;
    }

    /// <summary>The messages, newest first.</summary>
    public IReadOnlyList<SimulatedMessageState> NewestFirst()
    {
        lock (_gate)
            return Enumerable.Reverse(_messages).ToArray();
    }

    private bool IsBusyAt(long now) => _messages.Exists(message => !message.Script.IsTerminalAt(now));
}
