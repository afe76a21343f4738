namespace GenieLoad.Model;

/// <summary>How far an expected answer can be relied on.</summary>
public static class ExpectedState
{
    /// <summary>The expected SQL gave the same at the start and at the end of the run.</summary>
    public const string Stable = nameof(Stable);

    /// <summary>It gave something else at the end: the data changed during the run, or the SQL never gives the same twice.</summary>
    public const string Changed = nameof(Changed);

    /// <summary>It was not run at the end, because the run was stopped or the workspace did not answer.</summary>
    public const string Unconfirmed = nameof(Unconfirmed);

    /// <summary>It could not be run, or its result was cut.</summary>
    public const string Unknown = nameof(Unknown);
}
