using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// What a search for a capacity looks for, kept with each of its probes: whoever resumes the search goes on in the same way.
/// </summary>
public sealed record CapacitySearch
{
    /// <summary>What the probes of one search have in common.</summary>
    public required string Id { get; init; }

    /// <summary>The service levels.</summary>
    public required IReadOnlyList<string> Slo { get; init; }

    /// <summary>Think time as it was given; <see langword="null"/> for that of the baseline.</summary>
    public string? ThinkTime { get; init; }

    /// <summary>The rate limit in questions a minute.</summary>
    public required double LimitPerMinute { get; init; }

    /// <summary>The least that it can be.</summary>
    public required double LimitLowerPerMinute { get; init; }

    /// <summary>The most that it can be.</summary>
    public required double LimitUpperPerMinute { get; init; }

    /// <summary>Its burst.</summary>
    public required int LimitBurst { get; init; }

    /// <summary>Where the limit was known from, in words.</summary>
    public required string LimitSource { get; init; }

    /// <summary>Id of the run whose service times the prediction is made from.</summary>
    public required string BaselineRunId { get; init; }

    /// <summary>Questions that were sent for the baseline; 0 for a run that was there before.</summary>
    public int BaselineQuestions { get; init; }

    /// <summary>Seconds that the baseline took; 0 likewise.</summary>
    public double BaselineSeconds { get; init; }

    /// <summary>Seed of the search.</summary>
    public required int Seed { get; init; }

    /// <summary>What is asked; <see langword="null"/> where texts are not kept.</summary>
    public IReadOnlyList<Question>? Questions { get; init; }

    /// <summary>Questions of a conversation; <see langword="null"/> for conversations of the questions.</summary>
    public int? TurnsPerConversation { get; init; }

    /// <summary>The modes in which it is asked; <see langword="null"/> for chat mode, or as the baseline was asked.</summary>
    public string? Mode { get; init; }

    /// <summary>Their weights.</summary>
    public string? ModeWeight { get; init; }

    /// <summary>Whether every question gets an ending of its own.</summary>
    public bool IsUnique { get; init; }
}
