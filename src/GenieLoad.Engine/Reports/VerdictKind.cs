namespace GenieLoad.Engine.Reports;

/// <summary>How a verdict is to be shown.</summary>
internal enum VerdictKind
{
    /// <summary>There was nothing to judge.</summary>
    None,

    /// <summary>Everything is met.</summary>
    Pass,

    /// <summary>Something is missed.</summary>
    Fail,

    /// <summary>Something cannot be said.</summary>
    Undecided,

    /// <summary>The run is no ground for a verdict.</summary>
    Invalid,
}
