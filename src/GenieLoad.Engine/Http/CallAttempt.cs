namespace GenieLoad.Engine.Http;

/// <summary>What one attempt at a call brought: an answer, read and raw, or a failure.</summary>
internal sealed record CallAttempt
{
    /// <summary>Why it failed; <see langword="null"/> when it did not.</summary>
    public ApiFailure? Failure { get; init; }

    /// <summary>Whether nothing was sent, because an earlier attempt had done what was asked (<see cref="HttpCall.IsDone"/>).</summary>
    public bool WasDone { get; init; }

    /// <summary>The answer, read; <see langword="null"/> where it is read later.</summary>
    public object? Value { get; init; }

    /// <summary>The answer, as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Monotonic timestamp at which it was sent.</summary>
    public long SentAt { get; init; }

    /// <summary>Monotonic timestamp at which its body had been read.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>An attempt that failed.</summary>
    public static CallAttempt Failed(ApiFailure failure) => new() { Failure = failure };
}
