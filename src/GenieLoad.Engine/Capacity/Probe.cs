namespace GenieLoad.Engine.Capacity;

/// <summary>A number of people that was tried.</summary>
/// <param name="People">How many people.</param>
/// <param name="Answers">Answers that counted.</param>
/// <param name="Misses">How many of them missed, at the level that decided.</param>
/// <param name="Verdict">One of <see cref="GenieLoad.Model.Verdict"/>.</param>
internal sealed record Probe(int People, int Answers, int Misses, string Verdict);
