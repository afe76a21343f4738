using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>Says what sends tell of a limit.</summary>
internal static class LimitReport
{
    /// <summary>The limit.</summary>
    /// <param name="finding">What explains the sends.</param>
    /// <param name="sends">The sends, in order, on the connection that was measured.</param>
    /// <param name="reason">What is missing, and why; <see langword="null"/> for nothing.</param>
    public static RateLimit Of(LimitFinding finding, IReadOnlyList<LimitSend> sends, string? reason)
    {
        double[] asked = [.. sends.Select(send => send.RetryAfterSeconds).OfType<double>()];
        double start = sends.Count == 0 ? 0 : sends[0].SentSeconds;
        return new RateLimit
        {
            Kind = finding.Kind,
            LowerPerMinute = finding.LowerPerMinute,
            UpperPerMinute = finding.UpperPerMinute,
            Burst = finding.LowerBurst == finding.UpperBurst ? finding.LowerBurst : null,
            WindowSeconds = (finding.LowerWindowSeconds + finding.UpperWindowSeconds) / 2,
            RejectionsCount = finding.RejectionsCount,
            RetryAfter = RetryAfterJudge.Judge(sends, finding.RejectionsCount == true),
            ShortestRetryAfterSeconds = asked.Length == 0 ? null : asked.Min(),
            LongestRetryAfterSeconds = asked.Length == 0 ? null : asked.Max(),
            QuestionsSpent = sends.Count(send => send.IsAccepted),
            RefusedCount = sends.Count(send => !send.IsAccepted),
            DurationSeconds = sends.Count == 0 ? 0 : sends.Max(send => send.ReceivedSeconds) - start,
            Advice = Advice(finding),
            Reason = string.Join(' ', new[] { Words(finding, sends), reason }.OfType<string>().Where(text => text.Length > 0)),
            Observations = new RowList<RateLimitObservation>([.. sends.Select((send, i) => Observation(send, i + 1, start, null))]),
        };
    }

    /// <summary>A send as users see it.</summary>
    public static RateLimitObservation Observation(LimitSend send, int index, double start, string? connection) => new()
    {
        Index = index,
        SentSeconds = Math.Round(send.SentSeconds - start, 3),
        ReceivedSeconds = Math.Round(send.ReceivedSeconds - start, 3),
        Accepted = send.IsAccepted,
        RetryAfterSeconds = send.RetryAfterSeconds,
        Connection = connection,
    };

    // Cut, not rounded: a pace above the limit is refused sooner or later.
    private static double? Advice(LimitFinding finding) =>
        finding.Explaining.Count > 0 && finding.LowerPerMinute is double low ? Math.Floor(low * 100) / 100 : null;

    private static string Words(LimitFinding finding, IReadOnlyList<LimitSend> sends)
    {
        if (sends.Count == 0)
            return "";
        int accepted = sends.Count(send => send.IsAccepted);
        if (finding.Kind == LimiterKind.None)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"None of {accepted} questions in {sends[^1].ReceivedSeconds - sends[0].SentSeconds:0.#} s was refused.");
        }
        if (finding.Explaining.Count == 0)
        {
            return "Neither a token bucket nor a window explains what was accepted and refused: others may have asked meanwhile, "
                + "or several limiters share the load.";
        }
        string kinds = string.Join(" or ", finding.Explaining.Select(Name));
        return $"{char.ToUpperInvariant(kinds[0])}{kinds[1..]} explains all {sends.Count} answers, if nobody else asked "
            + (finding.AssumesRest ? "meanwhile or in the two minutes before." : "meanwhile.");
    }

    private static string Name(string kind) => kind switch
    {
        LimiterKind.TokenBucket => "a token bucket",
        LimiterKind.SlidingWindow => "a sliding window",
        _ => "a fixed window",
    };
}
