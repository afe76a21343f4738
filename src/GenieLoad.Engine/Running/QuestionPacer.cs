namespace GenieLoad.Engine.Running;

/// <summary>
/// The pace of a whole test: the sends of a token bucket, so that no more than the burst go out at once and, of a burst of 1, between two
/// sends lies at least the interval of the rate.
/// </summary>
public sealed class QuestionPacer : IQuestionPacer
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly int _burst;
    // 0 where there is no limit.
    private long _interval;
    // Sends granted for later, in order: those of repetitions, which know ahead when they are due.
    private readonly List<long> _granted = [];
    // When the token of the next send comes, as left by the sends before the first of those.
    private long _token = long.MinValue;

    /// <summary>A pacer.</summary>
    /// <param name="questionsPerMinute">The rate, above 0; <see langword="null"/> for no limit.</param>
    /// <param name="time">The clock whose timestamps are used.</param>
    /// <param name="burst">Sends that go out at once after a pause, from 1.</param>
    public QuestionPacer(double? questionsPerMinute, TimeProvider time, int burst = 1)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        _time = time;
        _burst = burst;
        _interval = IntervalOf(questionsPerMinute);
        HasLimited = questionsPerMinute is not null;
    }

    /// <inheritdoc/>
    public bool HasLimited { get; private set; }

    // How long before its token comes a send may go out, from what has been saved.
    private long Tolerance => _interval * (_burst - 1);

    // What was saved or used of the old rate counts as the same share of a token of the new one.
    /// <inheritdoc/>
    public void SetRate(double? questionsPerMinute)
    {
        lock (_gate)
        {
            long interval = IntervalOf(questionsPerMinute);
            long now = _time.GetTimestamp();
            // The sends so far have used tokens of the old rate.
            while (_granted.Count > 0 && _granted[0] <= now)
                ForgetFirst();
            if (_token != long.MinValue)
                _token = _interval == 0 ? now : now + (long)((_token - now) * (interval / (double)_interval));
            _interval = interval;
            HasLimited |= interval > 0;
        }
    }

    /// <inheritdoc/>
    public long Earliest(long from)
    {
        lock (_gate)
            return _interval == 0 ? from : Find(from).At;
    }

    /// <inheritdoc/>
    public bool TryTake(long from, long latest, out long granted)
    {
        lock (_gate)
        {
            if (_interval == 0)
            {
                granted = from;
                return from <= latest;
            }
            (granted, int place) = Find(from);
            if (granted > latest)
                return false;
            _granted.Insert(place, granted);
            // What is sent already can no longer be in anybody's way, but for the token that it has used. A turn of later still can.
            long sent = Math.Min(from, _time.GetTimestamp());
            while (_granted.Count > 1 && _granted[1] <= sent)
                ForgetFirst();
            return true;
        }
    }

    /// <summary>The earliest instant that leaves every send already granted its token, and its place among them.</summary>
    private (long At, int Place) Find(long from)
    {
        long token = _token;
        long earliest = from;
        for (int place = 0; place < _granted.Count; place++)
        {
            long at = Math.Max(earliest, Opens(token));
            if (at <= _granted[place] && Fits(After(token, at), place))
                return (at, place);
            token = After(token, _granted[place]);
            earliest = Math.Max(from, _granted[place]);
        }
        return (Math.Max(earliest, Opens(token)), _granted.Count);
    }

    private void ForgetFirst()
    {
        _token = After(_token, _granted[0]);
        _granted.RemoveAt(0);
    }

    private bool Fits(long token, int first)
    {
        for (int place = first; place < _granted.Count; place++)
        {
            if (_granted[place] < Opens(token))
                return false;
            token = After(token, _granted[place]);
        }
        return true;
    }

    private long Opens(long token) => token == long.MinValue ? token : token - Tolerance;

    private long After(long token, long sentAt) => Math.Max(token, sentAt) + _interval;

    private long IntervalOf(double? questionsPerMinute) =>
        questionsPerMinute is double rate ? (long)Math.Ceiling(60 / rate * _time.TimestampFrequency) : 0;
}
