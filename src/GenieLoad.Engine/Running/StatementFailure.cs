namespace GenieLoad.Engine.Running;

/// <summary>Why a statement of our own brought no result.</summary>
internal enum StatementFailureKind
{
    /// <summary>The credential may not run it, or may not read what it reads.</summary>
    Refused,

    /// <summary>It cannot be run, or it failed.</summary>
    Failed,

    /// <summary>It did not end in time, and was cancelled.</summary>
    TimedOut,
}

/// <summary>A statement of our own brought no result.</summary>
/// <param name="kind">Why.</param>
/// <param name="reason">The same in the words of the service, redacted.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class StatementFailure(StatementFailureKind kind, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public StatementFailureKind Kind { get; } = kind;

    /// <summary>Whether it is the workspace that says so, not the statement's own end.</summary>
    public bool IsOfCall => InnerException is not null;
}
