namespace GenieLoad.Engine.Running;

/// <summary>
/// Holds the questions of all users together under a rate: between two sends lies at least the interval of that rate, so that no burst and
/// no bank of unused sends comes about. Polls and reads do not pass here. Safe for several threads.
/// </summary>
public sealed class QuestionPacer
{
    private readonly object _gate = new();
    private readonly long _interval;
    // Sends granted for later, in order: those of repetitions, which know ahead when they are due.
    private readonly List<long> _granted = [];
    private long _floor = long.MinValue;

    /// <summary>A pacer.</summary>
    /// <param name="questionsPerMinute">The rate, above 0.</param>
    /// <param name="time">The clock whose timestamps are used.</param>
    public QuestionPacer(double questionsPerMinute, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _interval = (long)Math.Ceiling(60 / questionsPerMinute * time.TimestampFrequency);
    }

    /// <summary>The earliest instant at which a question may be sent.</summary>
    /// <param name="from">Not before this timestamp.</param>
    public long Earliest(long from)
    {
        lock (_gate)
            return Find(from);
    }

    /// <summary>Takes the earliest instant from a timestamp on, if it is early enough.</summary>
    /// <param name="from">Not before this timestamp.</param>
    /// <param name="latest">Not after this one.</param>
    /// <param name="granted">The instant at which the question may be sent; the earliest one, too late or not.</param>
    /// <returns>Whether it was early enough and is now taken.</returns>
    public bool TryTake(long from, long latest, out long granted)
    {
        lock (_gate)
        {
            granted = Find(from);
            if (granted > latest)
                return false;
            int place = _granted.BinarySearch(granted);
            _granted.Insert(place < 0 ? ~place : place, granted);
            // What lies a whole interval before this can no longer be in anybody's way, but for the last one.
            while (_granted.Count > 1 && _granted[1] <= from)
            {
                _floor = _granted[0] + _interval;
                _granted.RemoveAt(0);
            }
            return true;
        }
    }

    /// <summary>As <see cref="TryTake"/>, with the instant as its answer.</summary>
    /// <param name="from">Not before this timestamp.</param>
    /// <param name="latest">Taken only where it is not after this one.</param>
    public long Take(long from, long latest)
    {
        TryTake(from, latest, out long granted);
        return granted;
    }

    private long Find(long from)
    {
        long candidate = Math.Max(from, _floor);
        foreach (long taken in _granted)
        {
            if (taken >= candidate + _interval)
                break;
            candidate = Math.Max(candidate, taken + _interval);
        }
        return candidate;
    }
}
