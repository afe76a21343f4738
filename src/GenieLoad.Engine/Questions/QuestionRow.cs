using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>A question as somebody wrote it, before it is checked.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Id">Id; blank for none.</param>
/// <param name="Weight">A number, or a text that is one; <see langword="null"/> or blank for 1.</param>
/// <param name="Conversation">Label of its conversation; blank for none.</param>
/// <param name="Place">Where it was written, for errors: file and line, or place in a list.</param>
internal readonly record struct QuestionRow(string? Text, string? Id, object? Weight, string? Conversation, string Place)
{
    /// <summary>What else is known of it, as in a question without id and text; <see langword="null"/> for nothing.</summary>
    public Question? Known { get; init; }
}
