namespace GenieLoad.Model;

/// <summary>What kind of rate limit a service keeps.</summary>
public static class LimiterKind
{
    /// <summary>
    /// Saved-up permissions, refilled at a steady rate up to a burst. One at a time at least so far apart is a burst of 1.
    /// </summary>
    public const string TokenBucket = nameof(TokenBucket);

    /// <summary>So many in any window of time, counted back from each question.</summary>
    public const string SlidingWindow = nameof(SlidingWindow);

    /// <summary>So many in each window of time, with edges that lie fixed.</summary>
    public const string FixedWindow = nameof(FixedWindow);

    /// <summary>No question was refused.</summary>
    public const string None = nameof(None);

    /// <summary>Several kinds explain what was seen, or none does.</summary>
    public const string Unknown = nameof(Unknown);
}
