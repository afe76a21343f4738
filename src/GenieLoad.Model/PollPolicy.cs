namespace GenieLoad.Model;

/// <summary>How the waits between the polls of a question are chosen.</summary>
public static class PollPolicy
{
    /// <summary>Each wait half as long again as the one before, up to a longest: few calls for long answers. The default.</summary>
    public const string Backoff = nameof(Backoff);

    /// <summary>All waits alike.</summary>
    public const string Fixed = nameof(Fixed);

    /// <summary>Short waits when the end is likely, as the run's own answers so far tell, and long ones when it is not.</summary>
    public const string Adaptive = nameof(Adaptive);

    /// <summary>All policies, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Backoff, Fixed, Adaptive];
}
