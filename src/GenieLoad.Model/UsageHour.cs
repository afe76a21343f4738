namespace GenieLoad.Model;

/// <summary>What people asked a space in one hour.</summary>
public sealed record UsageHour
{
    /// <summary>Begin of the hour, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Questions that were asked in it.</summary>
    public required int Questions { get; init; }

    /// <summary>Conversations that began in it.</summary>
    public required int Conversations { get; init; }

    /// <summary>People who asked in it; <see langword="null"/> where nobody says who asked.</summary>
    public int? People { get; init; }

    /// <summary>Questions of it that failed; <see langword="null"/> where nobody says how any ended.</summary>
    public int? Failed { get; init; }

    /// <summary>Hour and questions in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{StartedAt:yyyy-MM-dd HH:mm}: {Questions} questions");
}
