namespace GenieLoad.Engine.Sessions;

/// <summary>How far the measurement of a rate limit is.</summary>
/// <param name="Status">What it does, and what is known so far.</param>
/// <param name="Spent">Questions accepted.</param>
/// <param name="Allowed">Most questions that may be.</param>
public sealed record RateLimitProgress(string Status, int Spent, int Allowed);
