namespace GenieLoad.Engine.Capacity;

/// <summary>One question of a probe.</summary>
/// <param name="AskedAt">When its person wanted to ask, in seconds of the probe.</param>
/// <param name="ResponseSeconds">Seconds from then to its end; <see langword="null"/> while it is open.</param>
/// <param name="IsFailed">Whether it failed or was turned away.</param>
/// <param name="IsWarmUp">Whether it was asked before the probe was as busy as it will be; such answers do not count.</param>
internal readonly record struct ProbeAnswer(double AskedAt, double? ResponseSeconds, bool IsFailed = false, bool IsWarmUp = false);
