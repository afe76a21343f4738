namespace GenieLoad.Model;

/// <summary>What sort of answer a completed question brought.</summary>
public static class AnswerKind
{
    /// <summary>A query, with its result.</summary>
    public const string Sql = nameof(Sql);

    /// <summary>Text only.</summary>
    public const string Text = nameof(Text);

    /// <summary>Genie asked back instead of answering.</summary>
    public const string Clarification = nameof(Clarification);

    /// <summary>Completed without any attachment that answers.</summary>
    public const string Empty = nameof(Empty);
}
