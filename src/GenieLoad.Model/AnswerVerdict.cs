namespace GenieLoad.Model;

/// <summary>Whether a question is answered as before.</summary>
public static class AnswerVerdict
{
    /// <summary>As before: the most frequent answer is the same, and nothing shows that the others are not.</summary>
    public const string Same = nameof(Same);

    /// <summary>No answer of the one side occurs on the other.</summary>
    public const string Different = nameof(Different);

    /// <summary>The same answers occur, and not in the same shares: more so than chance explains.</summary>
    public const string Shifted = nameof(Shifted);

    /// <summary>The most frequent answer is another, and that may be chance.</summary>
    public const string Unclear = nameof(Unclear);
}
