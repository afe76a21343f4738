namespace GenieLoad.Model;

/// <summary>When an evaluation of a load test is made.</summary>
public static class EvaluationTime
{
    /// <summary>Before the first question.</summary>
    public const string Before = "Before";

    /// <summary>Begun in the middle of the load.</summary>
    public const string During = "During";

    /// <summary>After the last answer.</summary>
    public const string After = "After";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [Before, During, After];
}
