using GenieLoad.Engine.Planning;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The pace of one shard. Time is divided into slots, counted from the start that all shards share, and dealt out to them in turn: of four,
/// the second has the second, the sixth, the tenth ... One question may be sent in a slot. So all shards together keep the pace although
/// none hears of the others; slots that a shard does not need are lost.
/// </summary>
/// <remarks>
/// The slots of a minute's questions fill 60.5 s, and each is open for 0.25 s. So in no minute more than a minute's questions are sent, as
/// long as the clocks of the shards agree within 0.25 s.
/// </remarks>
internal sealed class SlotPacer : IQuestionPacer
{
    /// <summary>
    /// Seconds that the slots of a minute's questions fill: what is over a minute makes up for late sends and wrong clocks.
    /// </summary>
    public const double RoundSeconds = 60.5;

    /// <summary>Seconds after its begin in which a slot can be used.</summary>
    public const double OpenSeconds = 0.25;

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Shard _shard;
    private readonly long _start;
    // Numbers of this shard's slots that are used, or will be.
    private readonly HashSet<long> _taken = [];
    // Timestamps from one slot of this shard to the next; 0 where there is no limit.
    private double _round;
    // Begin of the last slot taken under an earlier rate.
    private long _takenUntil = long.MinValue;

    /// <summary>A pacer.</summary>
    /// <param name="questionsPerMinute">The rate of all shards together, above 0; <see langword="null"/> for no limit.</param>
    /// <param name="time">The clock whose timestamps are used.</param>
    /// <param name="shard">Which of the shards.</param>
    /// <param name="start">Timestamp of the start that all share.</param>
    public SlotPacer(double? questionsPerMinute, TimeProvider time, Shard shard, long start)
    {
        _time = time;
        _shard = shard;
        _start = start;
        _round = RoundOf(questionsPerMinute);
        HasLimited = questionsPerMinute is not null;
    }

    /// <inheritdoc/>
    public bool HasLimited { get; private set; }

    /// <inheritdoc/>
    public void SetRate(double? questionsPerMinute)
    {
        lock (_gate)
        {
            foreach (long slot in _taken)
                _takenUntil = Math.Max(_takenUntil, Begin(slot));
            _taken.Clear();
            _round = RoundOf(questionsPerMinute);
            HasLimited |= _round > 0;
        }
    }

    /// <inheritdoc/>
    public long Earliest(long from)
    {
        lock (_gate)
            return _round == 0 ? from : Find(from).At;
    }

    /// <inheritdoc/>
    public bool TryTake(long from, long latest, out long granted)
    {
        lock (_gate)
        {
            if (_round == 0)
            {
                granted = from;
                return from <= latest;
            }
            (granted, long slot) = Find(from);
            if (granted > latest)
                return false;
            _taken.Add(slot);
            long first = FirstOpen(_time.GetTimestamp());
            _taken.RemoveWhere(used => used < first);
            return true;
        }
    }

    /// <summary>The next slot of this shard that is free, and when in it a question may be sent.</summary>
    private (long At, long Slot) Find(long from)
    {
        // What has waited does not get a slot of the past.
        long earliest = Math.Max(from, _time.GetTimestamp());
        long slot = FirstOpen(earliest);
        while (_taken.Contains(slot) || Begin(slot) <= _takenUntil)
            slot++;
        return (Math.Max(earliest, Begin(slot)), slot);
    }

    /// <summary>The first slot that is open at a timestamp or later; none lies before the start.</summary>
    private long FirstOpen(long timestamp)
    {
        double open = Math.Min(OpenSeconds * _time.TimestampFrequency, _round);
        long slot = Math.Max(0, (long)Math.Floor((timestamp - open - Begin(0)) / _round));
        while (Begin(slot) + open < timestamp)
            slot++;
        return slot;
    }

    private long Begin(long slot) => _start + (long)Math.Ceiling((slot + ((_shard.Number - 1.0) / _shard.Count)) * _round);

    private double RoundOf(double? questionsPerMinute) =>
        questionsPerMinute is double rate ? RoundSeconds / rate * _shard.Count * _time.TimestampFrequency : 0;
}
