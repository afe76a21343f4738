namespace GenieLoad.Model;

/// <summary>Verdicts on the answer to a benchmark, as the service writes them.</summary>
public static class EvaluationVerdict
{
    /// <summary>The same SQL, or the same rows.</summary>
    public const string Good = "GOOD";

    /// <summary>Empty, failed, or other rows or columns.</summary>
    public const string Bad = "BAD";

    /// <summary>Nothing to compare with: a person must look.</summary>
    public const string NeedsReview = "NEEDS_REVIEW";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Good, Bad, NeedsReview];
}
