namespace GenieLoad.Model;

/// <summary>What a time of a question is; see <see cref="LatencyFigures.Kind"/>.</summary>
public static class MeasureKind
{
    /// <summary>A time from a beginning to the answer: Response, Duration, Service.</summary>
    public const string Whole = "Whole";

    /// <summary>A part of the response; the parts of a question add up to it.</summary>
    public const string Part = "Part";

    /// <summary>A closer look at a part: the kinds of waits, bounds, and the instants at which something was first seen.</summary>
    public const string Detail = "Detail";

    /// <summary>By the server's own clock.</summary>
    public const string Server = "Server";

    /// <summary>A part of the answer on the server, as the query history tells it; only in runs whose statements are known.</summary>
    public const string Statement = "Statement";
}
