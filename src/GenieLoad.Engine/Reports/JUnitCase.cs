namespace GenieLoad.Engine.Reports;

/// <summary>How a case ended.</summary>
internal enum JUnitResult
{
    /// <summary>As it should.</summary>
    Passed,

    /// <summary>Otherwise.</summary>
    Failure,

    /// <summary>Something else got in the way.</summary>
    Error,

    /// <summary>It was not decided.</summary>
    Skipped,
}

/// <summary>A case.</summary>
internal sealed record JUnitCase(
    string Name, double Seconds, JUnitResult Result, string? Message = null, string? Type = null, string? Detail = null,
    string? Output = null);

/// <summary>Cases that belong together.</summary>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases)
{
    /// <summary>Where a CI system files the cases.</summary>
    public required string ClassName { get; init; }

    /// <summary>When they began, where that is known.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>What the reader is to know of them.</summary>
    public IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];

    /// <summary>How many of them ended so.</summary>
    public int Count(JUnitResult result) => Cases.Count(one => one.Result == result);
}
