namespace GenieLoad.Engine.Http;

/// <summary>A good answer of the service.</summary>
/// <typeparam name="T">What it was read as.</typeparam>
/// <param name="Value">The answer, read.</param>
/// <param name="Body">The answer, as it came.</param>
/// <param name="SentAt">Monotonic timestamp at which the successful attempt was sent.</param>
/// <param name="ReceivedAt">Monotonic timestamp at which its body had been read.</param>
public sealed record ApiReply<T>(T Value, ReadOnlyMemory<byte> Body, long SentAt, long ReceivedAt);
