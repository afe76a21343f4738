namespace GenieLoad.Model;

/// <summary>Whether an answer is the one that its expected SQL gives.</summary>
public static class Expectation
{
    /// <summary>The result is the same: rows in any order, numbers to four significant digits.</summary>
    public const string Right = nameof(Right);

    /// <summary>Another result, or an answer without one.</summary>
    public const string Wrong = nameof(Wrong);

    /// <summary>
    /// Nobody can say: the expected SQL failed, its result changed during the run, or one of the results was cut or not read.
    /// </summary>
    public const string NotComparable = nameof(NotComparable);
}
