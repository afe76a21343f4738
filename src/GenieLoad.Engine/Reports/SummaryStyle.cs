namespace GenieLoad.Engine.Reports;

/// <summary>How a summary is to look: the escape sequences of a terminal, and the characters that it has.</summary>
public sealed record SummaryStyle
{
    /// <summary>Without any escape sequence: files, logs, and terminals that want no colour.</summary>
    public static SummaryStyle Plain { get; } = new();

    /// <summary>Before what is as it should be.</summary>
    public string Good { get; init; } = "";

    /// <summary>Before what is not.</summary>
    public string Bad { get; init; } = "";

    /// <summary>Before what cannot be said, or what somebody should know.</summary>
    public string Unsure { get; init; } = "";

    /// <summary>Before figures of too few answers.</summary>
    public string Dim { get; init; } = "";

    /// <summary>
    /// Behind each of them. Ends all there is: PowerShell repeats at the head of every further line what no such end has closed.
    /// </summary>
    public string Reset { get; init; } = "";

    /// <summary>Whether signs of Unicode arrive as such; words stand in their place otherwise.</summary>
    public bool HasSigns { get; init; } = true;

    /// <summary>Whether the spread of the response times is drawn, with the block characters of Unicode.</summary>
    public bool HasBlocks { get; init; }
}
