namespace GenieLoad.Engine.Runs.Archives;

/// <summary>A stream that becomes lines of base64.</summary>
/// <param name="writer">Where they go; it stays open.</param>
/// <param name="lineLength">Characters of a line, a multiple of 4.</param>
internal sealed class Base64Lines(TextWriter writer, int lineLength) : Stream
{
    private readonly byte[] _buffer = new byte[lineLength / 4 * 3];
    private int _count;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, _buffer.Length - _count);
            buffer[..taken].CopyTo(_buffer.AsSpan(_count));
            _count += taken;
            buffer = buffer[taken..];
            if (_count == _buffer.Length)
                WriteLine();
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WriteLine();
        base.Dispose(disposing);
    }

    private void WriteLine()
    {
        writer.WriteLine(Convert.ToBase64String(_buffer, 0, _count));
        _count = 0;
    }
}
