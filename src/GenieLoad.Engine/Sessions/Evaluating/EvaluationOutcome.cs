using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>What came of an evaluation.</summary>
/// <param name="Evaluation">The evaluation, as far as it is known.</param>
/// <param name="Trouble">Why it is not whole, and what to do; <see langword="null"/> when it is.</param>
public sealed record EvaluationOutcome(Evaluation Evaluation, GenieLoadException? Trouble);
