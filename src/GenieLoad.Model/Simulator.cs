namespace GenieLoad.Model;

/// <summary>A simulated Genie workspace on this machine, as it was when it was looked at.</summary>
public sealed class Simulator
{
    /// <summary>Number of the simulator in this process, from 1.</summary>
    public required int Id { get; init; }

    /// <summary>Whether it is <c>Running</c> or <c>Stopped</c>.</summary>
    public required string State { get; init; }

    /// <summary>Address of the workspace, without a trailing slash.</summary>
    public required string Uri { get; init; }

    /// <summary>Id of its first space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>The token it accepts. It opens nothing but this simulator.</summary>
    public required string Token { get; init; }

    /// <summary>Client id that it accepts for OAuth.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret that it accepts for OAuth. It opens nothing but this simulator.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Seed of everything it draws.</summary>
    public required int Seed { get; init; }

    /// <summary>How many times faster than life it runs.</summary>
    public required double TimeScale { get; init; }

    /// <summary>Questions it admits per minute at time scale 1; <see langword="null"/> without a limit.</summary>
    public double? RateLimitPerMinute { get; init; }

    /// <summary>The limit as clients meet it, in real time, whatever the time scale; <see langword="null"/> without a limit.</summary>
    public string? TrueLimit { get; init; }

    /// <summary>Instant of its start, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Questions accepted.</summary>
    public long QuestionCount { get; init; }

    /// <summary>Calls of all kinds.</summary>
    public long CallCount { get; init; }

    /// <summary>Calls refused with 429.</summary>
    public long ThrottledCount { get; init; }

    /// <summary>Calls with something done wrong on purpose, such as a reset.</summary>
    public long FaultCount { get; init; }

    /// <summary>Number, state and address in one line.</summary>
    public override string ToString() => $"{Id} {State} {Uri}";
}
