using System.Collections.Concurrent;
using GenieLoad.Engine.Simulation.Truth;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Records;

/// <summary>
/// What really happened in a simulator: the truth that a load test's figures are compared with. Safe for any number of threads; lists
/// are snapshots.
/// </summary>
public sealed class SimulatorRecord
{
    private const int StatusLimit = 600;

    private readonly SimulatorClock _clock;
    private readonly SimulatorOptions _options;
    private readonly ConcurrentQueue<SimulatedMessageState> _messages = new();
    private readonly ConcurrentQueue<SimulatedPastMessage> _pastMessages = new();
    private readonly ConcurrentQueue<SimulatedCall> _calls = new();
    private readonly ConcurrentDictionary<string, QuestionCounter> _questions = new(StringComparer.Ordinal);
    private readonly long[] _counts = new long[Enum.GetValues<SimulatedOperation>().Length * StatusLimit];
    private long _callCount;
    private long _questionCount;
    private long _faultCount;

    internal SimulatorRecord(SimulatorClock clock, SimulatorOptions options)
    {
        _clock = clock;
        _options = options;
        TrueLimit = TrueLimit.Of(options);
        StartedAt = clock.Instant(clock.Start);
    }

    /// <summary>Instant of the simulator's start.</summary>
    public SimulatedInstant StartedAt { get; }

    /// <summary>The limit that it keeps; <see langword="null"/> for none.</summary>
    public TrueLimit? TrueLimit { get; }

    /// <summary>Questions accepted.</summary>
    public long QuestionCount => Interlocked.Read(ref _questionCount);

    /// <summary>Calls of all kinds.</summary>
    public long CallCount => Interlocked.Read(ref _callCount);

    /// <summary>Calls answered with 429.</summary>
    public long ThrottledCount => CountOf(status: 429);

    /// <summary>Calls with something done wrong on purpose.</summary>
    public long FaultCount => Interlocked.Read(ref _faultCount);

    /// <summary>Whether calls were left out of <see cref="Calls"/> because it was full.</summary>
    public bool CallsAreCut => CallCount > _options.CallLogLimit;

    /// <summary>Every accepted question, in order of acceptance.</summary>
    public IReadOnlyList<SimulatedMessage> Messages => [.. _messages.Select(message => message.ToRecord(_clock))];

    /// <summary>Every accepted evaluation, in order of acceptance, with the verdicts that it has by now.</summary>
    public IReadOnlyList<SimulatedEvaluation> Evaluations => Evaluated?.ToRecord(_clock.Now) ?? [];

    /// <summary>The evaluations themselves.</summary>
    internal Workspace.Evaluations? Evaluated { get; set; }

    /// <summary>Every question of the conversations from before the start, in order of conversations; deleted ones too.</summary>
    public IReadOnlyList<SimulatedPastMessage> PastMessages => [.. _pastMessages];

    /// <summary>The first calls, up to the limit of the options, in order of handling.</summary>
    public IReadOnlyList<SimulatedCall> Calls => [.. _calls];

    /// <summary>How often each text was accepted as a question.</summary>
    public IReadOnlyDictionary<string, int> AcceptedByQuestion => _questions.ToDictionary(
        pair => pair.Key, pair => pair.Value.Accepted, StringComparer.Ordinal);

    /// <summary>Calls of an operation, of a status, or of both; 0 as status means reset before an answer.</summary>
    /// <param name="operation">Which operation; <see langword="null"/> for all.</param>
    /// <param name="status">Which HTTP status; <see langword="null"/> for all.</param>
    public long CountOf(SimulatedOperation? operation = null, int? status = null)
    {
        long sum = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if ((operation is null || i / StatusLimit == (int)operation) && (status is null || i % StatusLimit == status))
                sum += Interlocked.Read(ref _counts[i]);
        }

        return sum;
    }

    /// <summary>How often a text was sent as a question, accepted or not.</summary>
    /// <param name="question">The exact text.</param>
    public int TimesSent(string question) => _questions.TryGetValue(question, out QuestionCounter? counter) ? counter.Sent : 0;

    /// <summary>How often a text was accepted as a question.</summary>
    /// <param name="question">The exact text.</param>
    public int TimesAccepted(string question) => _questions.TryGetValue(question, out QuestionCounter? counter) ? counter.Accepted : 0;

    /// <summary>How many people it supports, by its own arithmetic.</summary>
    /// <param name="limitSeconds">Seconds within which an answer must come, above 0.</param>
    /// <param name="allowedShare">Share of questions that may come later or fail, 0 to 1.</param>
    /// <param name="meanThinkSeconds">Mean seconds that people think between an answer and the next question, 0 or more.</param>
    public TrueCapacity CapacityFor(double limitSeconds, double allowedShare, double meanThinkSeconds) =>
        new(_options, limitSeconds, allowedShare, meanThinkSeconds);

    internal SimulatedCall Begin(SimulatedOperation operation, long arrivedAt)
    {
        long sequence = Interlocked.Increment(ref _callCount);
        var call = new SimulatedCall(_clock, sequence, operation, arrivedAt);
        if (sequence <= _options.CallLogLimit)
            _calls.Enqueue(call);
        return call;
    }

    internal void Count(SimulatedCall call)
    {
        Interlocked.Increment(ref _counts[((int)call.Operation * StatusLimit) + call.Status]);
        if (call.Fault != SimulatedFault.None)
            Interlocked.Increment(ref _faultCount);
    }

    internal int CountSent(string question) => Interlocked.Increment(ref Counter(question).Sent);

    internal int CountAccepted(string question) => Interlocked.Increment(ref Counter(question).Accepted);

    /// <summary>Questions in progress at an instant that has passed.</summary>
    internal int InProgressAt(long instant) =>
        _messages.Count(message => message.Script.AcceptedAt <= instant && instant < message.Script.CompletedAt);

    internal void Add(SimulatedMessageState message)
    {
        _messages.Enqueue(message);
        Interlocked.Increment(ref _questionCount);
    }

    internal void Add(SimulatedPastMessage message) => _pastMessages.Enqueue(message);

    private QuestionCounter Counter(string question) => _questions.GetOrAdd(question, static _ => new QuestionCounter());

    private sealed class QuestionCounter
    {
        public int Sent;
        public int Accepted;
    }
}
