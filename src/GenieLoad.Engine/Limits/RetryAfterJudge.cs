using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>Holds what <c>Retry-After</c> asked for against what was accepted and refused after it.</summary>
internal static class RetryAfterJudge
{
    // It has no fractions and is rounded up.
    private const double Rounding = 1;

    /// <summary>What it is worth, one of <see cref="RetryAfterWorth"/>.</summary>
    /// <param name="sends">What was sent, in order.</param>
    /// <param name="rejectionsCount">Whether refused questions count: then it holds only for whoever sends nothing before it is
    /// over.</param>
    public static string Judge(IReadOnlyList<LimitSend> sends, bool rejectionsCount)
    {
        bool isThere = false;
        bool isTooLong = false;
        bool isConfirmed = false;
        for (int i = 0; i < sends.Count; i++)
        {
            if (sends[i].IsAccepted || sends[i].RetryAfterSeconds is not double seconds)
                continue;
            isThere = true;
            for (int later = i + 1; later < sends.Count; later++)
            {
                // In the case of doubt about the instants it was honest.
                if (!sends[later].IsAccepted && sends[later].SentSeconds >= sends[i].ReceivedSeconds + seconds)
                    return RetryAfterWorth.TooShort;
                isTooLong |= sends[later].IsAccepted && sends[later].ReceivedSeconds < sends[i].SentSeconds + seconds - Rounding;
                isConfirmed |= sends[later].IsAccepted;
                // What is accepted takes the place that was promised, and what is refused may have put it off.
                if (sends[later].IsAccepted || rejectionsCount)
                    break;
            }
        }
        return !isThere ? RetryAfterWorth.Absent
            : isTooLong ? RetryAfterWorth.TooLong
            : isConfirmed ? RetryAfterWorth.Honest : RetryAfterWorth.Unknown;
    }
}
