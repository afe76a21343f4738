namespace GenieLoad.Model;

/// <summary>One question of a question list.</summary>
public sealed class Question
{
    /// <summary>Longest question text that Genie is asked, in characters.</summary>
    public const int MaximumTextLength = 10_000;

    /// <summary>Identity within its list, such as <c>q7</c>; the same question asked twice in a run keeps it.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked: 1 to 10,000 characters, not only blanks.</summary>
    public required string Text { get; init; }

    /// <summary>How often it is drawn relative to the others, above 0; 1 unless said otherwise.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Label of the conversation it belongs to; questions with one label are turns of one conversation, in list order.
    /// <see langword="null"/> when it stands alone.
    /// </summary>
    public string? Conversation { get; init; }

    /// <summary>The question's text.</summary>
    public override string ToString() => Text;
}
