using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Questions;

/// <summary>A text of a space's definition: a list of parts, which bring their own line ends.</summary>
internal static class TextParts
{
    /// <summary>The parts put together with nothing between them; a plain text as it is.</summary>
    /// <param name="value">What stands there.</param>
    /// <returns><see langword="null"/> for what is no text.</returns>
    public static string? Join(DataValue? value) => value switch
    {
        { Value: string text } => text,
        { Items: { } parts } when parts.All(part => part.Value is string) => string.Concat(parts.Select(part => (string?)part.Value)),
        _ => null,
    };
}
