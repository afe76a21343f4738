namespace GenieLoad.Engine.Files;

/// <summary>
/// Reads a file line by line, each up to a measure: memory depends on the longest line that is allowed, never on the file.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="maximumBytes">Bytes of a line after which reading fails.</param>
internal sealed class BoundedLines(Stream stream, int maximumBytes)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the line read last was the last of the file.</summary>
    public bool IsAtEnd => _start == _end && !Fill();

    /// <summary>Reads the next line, without its end. It stands until the next call.</summary>
    /// <param name="line">Its bytes.</param>
    /// <returns><see langword="false"/> at the end of the file.</returns>
    /// <exception cref="IOException">The line is longer than allowed, or the file cannot be read.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Take(searched + found, lineBreak: 1);
                return true;
            }

            searched = _end - _start;
            if (searched > maximumBytes)
                throw TooLong(Number + 1, maximumBytes);
            if (!Fill())
            {
                line = Take(searched, lineBreak: 0);
                return searched > 0;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int length, int lineBreak)
    {
        if (length > maximumBytes)
            throw TooLong(Number + 1, maximumBytes);
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineBreak;
        if (length + lineBreak > 0)
            Number++;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, maximumBytes + 64 * 1024));
        int read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>What is thrown for a line that is too long.</summary>
    internal static IOException TooLong(int number, int maximumBytes) =>
        new($"Line {number} is longer than {BoundedFile.InWords(maximumBytes)}, the most that is read of one.");
}
