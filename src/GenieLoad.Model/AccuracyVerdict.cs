namespace GenieLoad.Model;

/// <summary>Whether the same benchmarks were answered worse in one evaluation than in another.</summary>
public static class AccuracyVerdict
{
    /// <summary>More were right before and wrong after than the other way round, beyond chance.</summary>
    public const string Worse = "Worse";

    /// <summary>More were wrong before and right after than the other way round, beyond chance.</summary>
    public const string Better = "Better";

    /// <summary>What changed may be chance. That does not show that nothing changed.</summary>
    public const string NotShown = "NotShown";

    /// <summary>So few changed that nothing can be shown.</summary>
    public const string TooFew = "TooFew";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Worse, Better, NotShown, TooFew];
}
