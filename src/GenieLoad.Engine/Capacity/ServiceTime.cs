namespace GenieLoad.Engine.Capacity;

/// <summary>How long the service took for one question, without any wait in front of it.</summary>
/// <param name="Seconds">The time, to the answer or to the failure.</param>
/// <param name="IsFailed">Whether it failed.</param>
/// <param name="InFlight">Questions in flight when it was asked, itself among them; <see langword="null"/> when that is not known.</param>
internal readonly record struct ServiceTime(double Seconds, bool IsFailed = false, int? InFlight = null);
