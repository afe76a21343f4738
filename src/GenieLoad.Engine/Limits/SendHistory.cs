namespace GenieLoad.Engine.Limits;

/// <summary>
/// All sends so far, in the order in which explanations need them. A send meets the limiter somewhere between its <c>Sent</c> and its
/// <c>Received</c>. Sends may overlap, so that their order at the limiter is not known; then the k-th to be accepted was not before the
/// k-th
/// <c>Sent</c> and not after the k-th <c>Received</c> of those accepted, each sorted by itself, and that is all that is used.
/// </summary>
internal sealed class SendHistory
{
    /// <param name="sends">At least one, in any order.</param>
    /// <param name="isRested">Whether nothing was asked for so long before that the limiter was at rest.</param>
    public SendHistory(IEnumerable<LimitSend> sends, bool isRested)
    {
        IsRested = isRested;
        Sends = [.. sends.OrderBy(send => send.SentSeconds)];
        Start = Sends[0].SentSeconds;
        AcceptSent = [.. Sends.Where(send => send.IsAccepted).Select(send => send.SentSeconds)];
        AcceptReceived = [.. Sends.Where(send => send.IsAccepted).Select(send => send.ReceivedSeconds).Order()];
        AllSent = [.. Sends.Select(send => send.SentSeconds)];
        AllReceived = [.. Sends.Select(send => send.ReceivedSeconds).Order()];
        Refusals =
        [
            .. Sends.Where(send => !send.IsAccepted)
                .Select(send => new Refusal(
                    send.SentSeconds, send.ReceivedSeconds, Below(AcceptSent, send.ReceivedSeconds), Below(AllSent, send.ReceivedSeconds)))
                .OrderBy(refusal => refusal.AcceptsBefore).ThenBy(refusal => refusal.Received),
        ];
    }

    /// <summary>Whether nothing was asked for so long before that the limiter was at rest.</summary>
    public bool IsRested { get; }

    /// <summary>All of them, by the instant of their sending.</summary>
    public IReadOnlyList<LimitSend> Sends { get; }

    /// <summary>Second of the first send.</summary>
    public double Start { get; }

    /// <summary>When those accepted were sent, sorted.</summary>
    public double[] AcceptSent { get; }

    /// <summary>When their answers had been read, sorted.</summary>
    public double[] AcceptReceived { get; }

    /// <summary>When all were sent, sorted.</summary>
    public double[] AllSent { get; }

    /// <summary>When all answers had been read, sorted.</summary>
    public double[] AllReceived { get; }

    /// <summary>Those refused, by the number of accepted ones that may have come before.</summary>
    public Refusal[] Refusals { get; }

    /// <summary>How many sorted values lie below a bound.</summary>
    public static int Below(ReadOnlySpan<double> sorted, double bound)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < bound)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>A send that was refused.</summary>
    /// <param name="Sent">When it was sent.</param>
    /// <param name="Received">When its answer had been read.</param>
    /// <param name="AcceptsBefore">Most accepted ones that the limiter can have seen before it.</param>
    /// <param name="SendsBefore">Most sends, it included, that the limiter can have seen up to it.</param>
    internal readonly record struct Refusal(double Sent, double Received, int AcceptsBefore, int SendsBefore);
}
