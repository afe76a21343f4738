namespace GenieLoad.Engine.Capacity;

/// <summary>The share of misses that a forecast expects of a number of people.</summary>
/// <param name="People">How many people.</param>
/// <param name="MissShare">Share of questions that miss.</param>
/// <param name="Lower">Lower end of the band from 5 to 95 %, the rate at its most.</param>
/// <param name="Upper">Upper end, the rate at its least.</param>
internal sealed record CurvePoint(int People, double MissShare, double Lower, double Upper);
