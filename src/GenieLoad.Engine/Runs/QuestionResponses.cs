namespace GenieLoad.Engine.Runs;

/// <summary>What the service answered to one question, word for word, as JSON text.</summary>
/// <param name="Message">Body of the last message read; <see langword="null"/> when there was none.</param>
/// <param name="Result">Body of the query result; <see langword="null"/> when there was none.</param>
public sealed record QuestionResponses(string? Message, string? Result);
