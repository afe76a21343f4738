namespace GenieLoad.Engine.Conversations;

/// <summary>A question that somebody asked a space, as far as it was recorded.</summary>
public sealed record RecordedMessage
{
    /// <summary>Id of its message; <see langword="null"/> where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>What was asked.</summary>
    public required string Text { get; init; }

    /// <summary>Instant at which it was asked, UTC; <see langword="null"/> where nobody says.</summary>
    public DateTime? AskedAt { get; init; }

    /// <summary>Seconds from then to the end of its answer; <see langword="null"/> where it had none, or nobody says.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether it failed; <see langword="null"/> where nobody says.</summary>
    public bool? Failed { get; init; }

    /// <summary>Whether it was answered, and neither failed nor cancelled; <see langword="null"/> where nobody says.</summary>
    public bool? IsAnswered { get; init; }

    /// <summary>Thumb of whoever asked: POSITIVE or NEGATIVE; <see langword="null"/> for none.</summary>
    public string? Rating { get; init; }

    /// <summary>Who asked, as the service names people; <see langword="null"/> where it does not say.</summary>
    public string? User { get; init; }

    /// <summary>Where it was written, for errors: file and line; empty for one that the service told.</summary>
    internal string Place { get; init; } = "";
}
