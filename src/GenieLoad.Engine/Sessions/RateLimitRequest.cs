using GenieLoad.Engine.Limits;
using GenieLoad.Engine.Options;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>How a rate limit is measured.</summary>
public sealed record RateLimitRequest
{
    /// <summary>A greeting: Genie tends to answer it with text alone, without a statement on the warehouse.</summary>
    public const string DefaultQuestion = "Hello";

    /// <summary>Seconds of rest by default: twice the longest window that is known of such services, a minute.</summary>
    public const double DefaultRestSeconds = 120;

    /// <summary>Most questions that may be accepted, 2 to 1,000.</summary>
    public int MaximumQuestions { get; init; } = 30;

    /// <summary>Longest time in seconds, the rest not counted, 10 to 86,400.</summary>
    public double MaximumSeconds { get; init; } = 600;

    /// <summary>
    /// Seconds without a question before the first, 0 to 3,600. Less than <see cref="DefaultRestSeconds"/>: then the limit may not be at
    /// rest, and what was asked before counts as unknown.
    /// </summary>
    public double RestSeconds { get; init; } = DefaultRestSeconds;

    /// <summary>What is asked.</summary>
    public string Question { get; init; } = DefaultQuestion;

    /// <summary>Whether the conversations are left in the space.</summary>
    public bool KeepsConversations { get; init; }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        OptionRange.Check(nameof(MaximumQuestions), MaximumQuestions, 2, 1000);
        OptionRange.Check(nameof(MaximumSeconds), MaximumSeconds, 10, 86_400);
        OptionRange.Check(nameof(RestSeconds), RestSeconds, 0, 3600);
    }

    /// <summary>How far the search goes.</summary>
    internal LimitProbeOptions Probe => new()
    {
        MaximumQuestions = MaximumQuestions, MaximumSeconds = MaximumSeconds, IsRested = RestSeconds >= DefaultRestSeconds,
    };
}
