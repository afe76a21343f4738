namespace GenieLoad.Engine.Capacity;

/// <summary>
/// A token bucket with a queue in front of it, as the generic cell rate algorithm (ITU-T I.371): one number says when the bucket would be
/// full again, and a question is taken as soon as that lies no more than the burst ahead.
/// </summary>
/// <param name="tokenSeconds">Seconds after which a token comes; 0 without a limit.</param>
/// <param name="burst">Tokens in a full bucket.</param>
internal sealed class AdmissionBucket(double tokenSeconds, int burst)
{
    private readonly double _tolerance = (burst - 1) * tokenSeconds;
    private double _full = double.NegativeInfinity;

    /// <summary>Takes a question, and says when its turn is.</summary>
    /// <param name="at">When it was asked, in seconds; not before the one taken last.</param>
    public double Take(double at)
    {
        double turn = Math.Max(at, _full - _tolerance);
        _full = Math.Max(_full, turn) + tokenSeconds;
        return turn;
    }

    /// <summary>How many tokens are missing from a full bucket; those that are promised to questions that wait count too.</summary>
    /// <param name="at">When, in seconds.</param>
    public double Missing(double at) => tokenSeconds > 0 ? Math.Max(0, (_full - at) / tokenSeconds) : 0;
}
