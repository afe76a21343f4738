namespace GenieLoad.Engine.Capacity;

/// <summary>What to try next.</summary>
/// <param name="People">How many people; <see langword="null"/> when nothing more is to be tried.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record BracketStep(int? People, string Reason);
