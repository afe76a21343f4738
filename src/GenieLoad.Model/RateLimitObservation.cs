namespace GenieLoad.Model;

/// <summary>A question that was sent to learn a limit.</summary>
public sealed record RateLimitObservation
{
    /// <summary>Place in the order of sending, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Seconds after the first question at which it was sent.</summary>
    public required double SentSeconds { get; init; }

    /// <summary>Seconds after the first question at which its answer had been read.</summary>
    public required double ReceivedSeconds { get; init; }

    /// <summary>Whether it was accepted; otherwise it was refused with 429.</summary>
    public required bool Accepted { get; init; }

    /// <summary>What <c>Retry-After</c> asked to wait, in seconds.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>Name of the connection that it was sent on.</summary>
    public string? Connection { get; init; }

    /// <summary>Instant and answer in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{SentSeconds:0.00} s {(Accepted ? "accepted" : "refused")}");
}
