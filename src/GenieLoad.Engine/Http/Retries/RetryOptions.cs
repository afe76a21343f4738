using System.Globalization;
using GenieLoad.Engine.Options;

namespace GenieLoad.Engine.Http.Retries;

/// <summary>How failed calls are tried again.</summary>
public sealed record RetryOptions
{
    private const string AmbiguousWords = "; ambiguous questions sent again";

    /// <summary>Most retries of one call after its first try, 0 to 100. Default 5.</summary>
    public int MaximumRetries { get; init; } = 5;

    /// <summary>Seconds of the first backoff, 0.001 to 3,600. Default 1.</summary>
    public double BaseSeconds { get; init; } = 1;

    /// <summary>Most seconds of one backoff, from <see cref="BaseSeconds"/> to 3,600. Default 60. Does not cut a Retry-After.</summary>
    public double CapSeconds { get; init; } = 60;

    /// <summary>Least width of the jitter in seconds, 0 to 600. Default 2.</summary>
    public double JitterSeconds { get; init; } = 2;

    /// <summary>
    /// Width of the jitter as a share of the wait, 0 to 1, where that is wider than <see cref="JitterSeconds"/>. Default 0.2: callers
    /// that were all told "60 seconds" must not come back as one wave.
    /// </summary>
    public double JitterShare { get; init; } = 0.2;

    /// <summary>Longest Retry-After in seconds that is obeyed, 0 to 86,400; above it the call is given up. Default 120.</summary>
    public double RetryAfterLimitSeconds { get; init; } = 120;

    /// <summary>
    /// Whether a question whose fate is unknown is sent again. Default <see langword="false"/>: it may then be asked, answered and
    /// billed twice.
    /// </summary>
    public bool ResendAmbiguous { get; init; }

    /// <summary>The policy in words; part of what the times of a run mean.</summary>
    public override string ToString() => MaximumRetries == 0
        ? "no retries"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{MaximumRetries} {(MaximumRetries == 1 ? "retry" : "retries")}, {BaseSeconds:0.###} s doubled up to {CapSeconds:0.###} s, "
            + $"jitter {JitterSeconds:0.###} s; Retry-After up to {RetryAfterLimitSeconds:0.###} s"
            + $"{(ResendAmbiguous ? AmbiguousWords : "")}");

    /// <summary>Whether a run whose policy reads so sent questions again that may have been accepted.</summary>
    /// <param name="policy">The policy as text; <see langword="null"/> where it is not known.</param>
    public static bool SendAmbiguousAgain(string? policy) => policy?.Contains(AmbiguousWords, StringComparison.Ordinal) != false;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        OptionRange.Check(nameof(MaximumRetries), MaximumRetries, 0, 100);
        OptionRange.Check(nameof(BaseSeconds), BaseSeconds, 0.001, 3600);
        OptionRange.Check(nameof(CapSeconds), CapSeconds, BaseSeconds, 3600);
        OptionRange.Check(nameof(JitterSeconds), JitterSeconds, 0, 600);
        OptionRange.Check(nameof(JitterShare), JitterShare, 0, 1);
        OptionRange.Check(nameof(RetryAfterLimitSeconds), RetryAfterLimitSeconds, 0, 86_400);
    }
}
