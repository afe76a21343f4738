using GenieLoad.Engine.Options;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// What is asked of a space, as a share of answers: so many must come within a time, or at all. Everything else is a miss: an answer that
/// comes later, a failure, a question that the rate limit turned away.
/// </summary>
internal sealed record ServiceLevel
{
    /// <summary>A level of service.</summary>
    /// <param name="share">Share of questions that must be answered in time, 0.5 to 0.999.</param>
    /// <param name="limitSeconds">Seconds from the intent to ask to the answer; <see langword="null"/> where success alone counts.</param>
    public ServiceLevel(double share, double? limitSeconds = null)
    {
        OptionRange.Check("Share", share, 0.5, 0.999);
        OptionRange.Check("LimitSeconds", limitSeconds ?? 1, 0.001, 86_400);
        Share = share;
        LimitSeconds = limitSeconds;
    }

    /// <summary>Share of questions that must be answered in time.</summary>
    public double Share { get; }

    /// <summary>Seconds within which an answer must come; <see langword="null"/> where success alone counts.</summary>
    public double? LimitSeconds { get; }

    /// <summary>Share of questions that may miss.</summary>
    public double AllowedMissShare => 1 - Share;

    /// <summary>Whether a question misses.</summary>
    /// <param name="responseSeconds">Seconds from the intent to its end.</param>
    /// <param name="isFailed">Whether it failed or was turned away.</param>
    public bool IsMiss(double responseSeconds, bool isFailed) => isFailed || responseSeconds > (LimitSeconds ?? double.PositiveInfinity);
}
