namespace GenieLoad.Model;

/// <summary>What becomes of a question that is due while as many are in flight as may be.</summary>
public static class OverflowRule
{
    /// <summary>It waits, and its wait is recorded.</summary>
    public const string Wait = nameof(Wait);

    /// <summary>
    /// It is not asked: its outcome is <see cref="Outcome.NotStarted"/> and its error type <see cref="ShedErrorType"/>, so that it is
    /// counted by its reason.
    /// </summary>
    public const string Shed = nameof(Shed);

    /// <summary>Error type of a question that was shed.</summary>
    public const string ShedErrorType = "SHED_IN_FLIGHT";

    /// <summary>Both, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Wait, Shed];
}
