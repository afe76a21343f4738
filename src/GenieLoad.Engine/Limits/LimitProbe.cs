using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>
/// Decides when to send the next question to learn a limit with as few accepted ones as possible; refused ones are free. First a burst,
/// with a pause after its first question, until one is refused. Then always shortly before most of the limiters that explain everything
/// so far would accept: each refusal then rules some of them out. It knows no clock and sends nothing.
/// </summary>
/// <param name="options">How far it goes.</param>
internal sealed class LimitProbe(LimitProbeOptions options)
{
    // Between the first question of the burst and the second: a sliding window gives them back as far apart, a fixed one together.
    private const double Pause = 4;

    private const int MostSilences = 3;

    // Never closer together.
    private const double Gap = 0.3;

    // While nothing is accepted, questions come apart by this share of the time since the last one that was.
    private const double Growth = 0.02;

    // Share of the explanations that may expect acceptance before it is tried.
    private const double Early = 0.04;

    // Accepted questions between two that come late.
    private const int LateEvery = 5;

    // Of the time until acceptance is expected: how late a question comes that is to tell kinds apart.
    private const double Late = 1.5;
    private const double LateWithBurst = 2.5;

    private readonly List<LimitSend> _sends = [];
    private LimitSearch _search = new();
    private bool _isUnrested;
    private SendHistory? _history;
    private int _silences;
    private int _latestLate;

    /// <summary>All sends so far.</summary>
    public IReadOnlyList<LimitSend> Sends => _sends;

    /// <summary>Questions accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>What is known so far; <see langword="null"/> before one was refused.</summary>
    public LimitFinding? Finding { get; private set; }

    /// <summary>Why it is over; <see langword="null"/> while it is not.</summary>
    public LimitProbeEnd? End { get; private set; }

    /// <summary>Takes what became of a question.</summary>
    /// <param name="send">The question.</param>
    public void Add(LimitSend send)
    {
        _sends.Add(send);
        Accepted += send.IsAccepted ? 1 : 0;
        if (Finding is not null || !send.IsAccepted)
        {
            if (Finding is null)
                _latestLate = Accepted;
            Finding = Explain(isRested: !_isUnrested);
            if (Finding.Explaining.Count == 0 && !options.IsRested && !_isUnrested)
            {
                // Then it was not at rest, and what it explained so far counts for nothing.
                _isUnrested = true;
                _search = new LimitSearch();
                Finding = Explain(isRested: false);
            }
        }
        End = EndAt(send.ReceivedSeconds);
    }

    /// <summary>The second at which to send the next; <see langword="null"/> when nothing more is to be sent.</summary>
    public double? Next()
    {
        if (_sends.Count == 0)
            return 0;
        if (End is not null)
            return null;
        double next = Instant(_sends[^1].ReceivedSeconds);
        if (next <= options.MaximumSeconds)
            return next;
        End = LimitProbeEnd.Duration;
        return null;
    }

    private double Instant(double now)
    {
        if (Finding is null)
            return _sends.Count == 1 ? Math.Max(now, _sends[0].SentSeconds + Pause) : Math.Max(now, _sends[^1].SentSeconds + Gap);
        double lastAccept = _sends.FindLast(send => send.IsAccepted).SentSeconds;
        if (IsSilenceDue())
            return now + (_silences == 1 ? Pause : Pause / 2);
        double soonest = Math.Max(now, _sends[^1].SentSeconds + Math.Max(Gap, Growth * (now - lastAccept)));
        return Math.Max(soonest, Expected(lastAccept));
    }

    private LimitFinding Explain(bool isRested)
    {
        _history = new SendHistory(_sends, isRested);
        _search.Narrow(_history);
        return LimitFinding.Of(_search) with { AssumesRest = isRested && !options.IsRested };
    }

    /// <summary>What is known at the end, as finely as it can be; <see langword="null"/> where none was refused.</summary>
    public LimitFinding? Conclude()
    {
        if (_history is null)
            return null;
        _search.Refine(_history, LimitFinding.Finest);
        return LimitFinding.Of(_search) with { AssumesRest = Finding!.AssumesRest };
    }

    private LimitProbeEnd? EndAt(double now)
    {
        if (Finding is LimitFinding finding)
        {
            if (finding.Explaining.Count == 0)
                return LimitProbeEnd.Unexplained;
            if (finding.Kind != LimiterKind.Unknown && finding.Width <= options.Width)
                return LimitProbeEnd.Found;
        }
        if (Accepted >= options.MaximumQuestions)
            return LimitProbeEnd.Questions;
        return now >= options.MaximumSeconds ? LimitProbeEnd.Duration : null;
    }

    /// <summary>
    /// Whether to be silent after a refusal: another one then refutes windows that count refused questions and are shorter than the
    /// silence, which questions close together never would.
    /// </summary>
    private bool IsSilenceDue()
    {
        if (_silences == MostSilences || _sends.Count < 2 || _sends[^1].IsAccepted || !_sends[^2].IsAccepted
            || _search.Left.All(model => model.Key.RejectionsCount != true))
            return false;
        _silences++;
        return true;
    }

    /// <summary>
    /// The instant that teaches most: when few of the explanations that are left expect the next question to be accepted.
    /// </summary>
    /// <param name="lastAccept">When the last accepted question was sent.</param>
    private double Expected(double lastAccept)
    {
        // A window that counts refused questions expects acceptance anew after each of them: it waits until it is alone.
        Dictionary<LimiterModel, double> expected =
            _search.Left.ToDictionary(model => model.Key, model => Expected(model.Key, model.Value));
        double[] steady = [.. expected.Where(model => model.Key.RejectionsCount != true).Select(model => model.Value)];
        double next = (steady.Length > 0 ? steady : [.. expected.Values]).Min();
        // A question that comes late: a bucket without burst counts anew from it, one with burst has saved two; a clock does neither.
        if (!Finding!.Explaining.Contains(LimiterKind.TokenBucket) || !Finding.Explaining.Contains(LimiterKind.FixedWindow)
            || _sends[^1].IsAccepted || Accepted < _latestLate + LateEvery)
            return next;
        _latestLate = Accepted;
        (LimiterModel bucket, List<LimiterBox> buckets) = _search.Left.First(model => model.Key.Kind == LimiterKind.TokenBucket);
        double periods = buckets.Exists(set => set.CountLow > 1) ? LateWithBurst : Late;
        return lastAccept + (periods * (expected[bucket] - lastAccept));
    }

    private double Expected(LimiterModel model, List<LimiterBox> sets)
    {
        double[] instants = [.. sets.Select(set => model.NextAccept(set, _history!)).Order()];
        return instants[(int)(Early * instants.Length)];
    }
}
