using GenieLoad.Engine.Files;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>
/// Counts the bytes of a stream of events, and ends it where a single event, or all of it, is larger than any: a parser holds an event in
/// memory until it is whole.
/// </summary>
/// <param name="inner">The stream; it is closed by whoever opened it.</param>
/// <param name="call">Name of the call that it answers.</param>
internal sealed class MeteredStream(Stream inner, string call) : ForwardStream
{
    /// <summary>Most bytes of one event. Items bring at most a hundred rows; the last event repeats them all.</summary>
    public const int LongestEvent = 32 * 1024 * 1024;

    /// <summary>Most bytes of a stream.</summary>
    public const long LongestStream = 8L * LongestEvent;

    private long _eventBytes;

    /// <summary>Bytes read.</summary>
    public long ByteCount { get; private set; }

    /// <summary>An event has been read whole.</summary>
    public void EventEnds() => _eventBytes = 0;

    /// <exception cref="ApiException">There is too much.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        ByteCount += read;
        _eventBytes += read;
        if (_eventBytes > LongestEvent)
            throw new ApiException(call, AnswerFault.TooLarge(LongestEvent, "An event of the stream"));
        if (ByteCount > LongestStream)
            throw new ApiException(call, AnswerFault.TooLarge(LongestStream, "The stream"));
        return read;
    }
}
