namespace GenieLoad.Engine.Http;

/// <summary>What one answer told of the service's clock.</summary>
/// <param name="SentAt">Monotonic timestamp of the send.</param>
/// <param name="ReceivedAt">Monotonic timestamp at which its head had come.</param>
/// <param name="Date">The second that the service's clock showed, UTC.</param>
internal readonly record struct ClockSample(long SentAt, long ReceivedAt, DateTime Date);
