using GenieLoad.Engine.Capacity;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What a capacity is predicted for.</summary>
public sealed record CapacityRequest
{
    /// <summary>
    /// The run whose service times are used; <see langword="null"/> for a baseline that is measured first.
    /// </summary>
    public LoadRun? Run { get; init; }

    /// <summary>Service levels such as <c>P90ResponseSeconds &lt;= 60</c> or <c>SuccessRate &gt;= 95%</c>; at least one.</summary>
    public required IReadOnlyList<string> Slo { get; init; }

    /// <summary>
    /// Think time: a mean (<c>180s</c>, exponential), a range (<c>60s-300s</c>) or <c>fixed 180s</c>; <see langword="null"/> to read it
    /// from the run.
    /// </summary>
    public string? ThinkTime { get; init; }

    /// <summary>The limit as it was measured; <see langword="null"/> for the one that the run met.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>The limit in questions a minute; <see langword="null"/> for <see cref="Limit"/>.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Burst of <see cref="QuestionsPerMinute"/>.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>The limit as an earlier part of the same search knew it, with where it came from; before all others.</summary>
    internal (AdmissionLimit Limit, string Source)? KnownLimit { get; init; }

    /// <summary>Whether questions arrive at random instead of from a fixed number of people.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Seed of the simulation; the same one gives the same forecast.</summary>
    public int Seed { get; init; } = 1;
}
