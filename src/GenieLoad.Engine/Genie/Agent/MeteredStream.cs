using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>
/// Counts the bytes of a stream of events, and ends it where a single event, or all of it, is larger than any: a parser holds an event in
/// memory until it is whole.
/// </summary>
/// <param name="inner">The stream; disposed with this.</param>
/// <param name="call">Name of the call that it answers.</param>
internal sealed class MeteredStream(Stream inner, string call) : Stream
{
    /// <summary>Most bytes of one event. Items bring at most a hundred rows; the last event repeats them all.</summary>
    public const int LongestEvent = 32 * 1024 * 1024;

    /// <summary>Most bytes of a stream.</summary>
    public const long LongestStream = 8L * LongestEvent;

    private long _eventBytes;

    /// <summary>Bytes read.</summary>
    public long ByteCount { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event has been read whole.</summary>
    public void EventEnds() => _eventBytes = 0;

    /// <exception cref="ApiException">There is too much.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        ByteCount += read;
        _eventBytes += read;
        if (_eventBytes > LongestEvent)
            throw new ApiException(call, AgentFault.TooLarge("An event of the stream", LongestEvent));
        if (ByteCount > LongestStream)
            throw new ApiException(call, AgentFault.TooLarge("The stream", LongestStream));
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Streams are read asynchronously; a blocking read could hold a thread for minutes.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
