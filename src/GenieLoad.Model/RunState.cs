namespace GenieLoad.Model;

/// <summary>Where a run stands.</summary>
public static class RunState
{
    /// <summary>Questions are being asked.</summary>
    public const string Running = nameof(Running);

    /// <summary>Every planned question has its outcome.</summary>
    public const string Completed = nameof(Completed);

    /// <summary>Ended early, in order: by its user or by a rule.</summary>
    public const string Stopped = nameof(Stopped);

    /// <summary>Ended without a word: the process died.</summary>
    public const string Interrupted = nameof(Interrupted);
}
