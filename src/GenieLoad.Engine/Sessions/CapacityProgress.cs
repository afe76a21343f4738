namespace GenieLoad.Engine.Sessions;

/// <summary>How far a measurement of a capacity is.</summary>
/// <param name="Status">What it does, and what it has seen, in words.</param>
/// <param name="Spent">Questions sent so far.</param>
/// <param name="Allowed">Questions that it may send.</param>
public sealed record CapacityProgress(string Status, int Spent, int Allowed);
