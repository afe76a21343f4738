namespace GenieLoad.Engine.Limits;

/// <summary>A question as the limiter saw it: sent, and accepted or refused with 429 at some instant before its answer was read.</summary>
/// <param name="SentSeconds">Second at which it was sent.</param>
/// <param name="ReceivedSeconds">Second at which its answer had been read, not before <paramref name="SentSeconds"/>.</param>
/// <param name="IsAccepted">Whether it was accepted.</param>
/// <param name="RetryAfterSeconds">What a refusal asked to wait; <see langword="null"/> where it said nothing.</param>
public readonly record struct LimitSend(
    double SentSeconds, double ReceivedSeconds, bool IsAccepted, double? RetryAfterSeconds = null);
