using System.Buffers;

namespace GenieLoad.Engine.Files;

/// <summary>Some lines of a file in one piece. Give it back when they are read.</summary>
/// <param name="buffer">Where they are, from the beginning.</param>
/// <param name="length">Bytes of them.</param>
/// <param name="number">Number of the first in the file, from 1.</param>
/// <param name="isLast">Whether the file ends with them.</param>
internal sealed class LineChunk(byte[] buffer, int length, int number, bool isLast) : IDisposable
{
    private int _start;

    /// <summary>Number of the line read last, from 1.</summary>
    public int Number { get; private set; } = number - 1;

    /// <summary>Whether the file ends with these lines.</summary>
    public bool IsLast => isLast;

    /// <summary>Whether the line read last was the last of the file.</summary>
    public bool IsAtEnd => isLast && _start == length;

    /// <summary>Reads the next line, without its end.</summary>
    /// <param name="line">Its bytes.</param>
    /// <returns><see langword="false"/> after the last.</returns>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        line = buffer.AsSpan(_start, length - _start);
        if (line.IsEmpty)
            return false;
        int end = line.IndexOf((byte)'\n');
        if (end >= 0)
            line = line[..end];
        _start += line.Length + (end >= 0 ? 1 : 0);
        Number++;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        return true;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>Cuts a file of lines into pieces that can be read at the same time.</summary>
internal static class LineChunks
{
    // Some hundred rows: much more than it costs to hand a piece over, and little beside what is kept of a large file.
    private const int Size = 1 << 20;

    /// <summary>The pieces, in order; the last line of the file is always in the last of them.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="maximumBytes">Bytes of a line after which reading fails.</param>
    /// <exception cref="IOException">A line is longer than allowed, or the file cannot be read.</exception>
    public static IEnumerable<LineChunk> Of(Stream stream, int maximumBytes)
    {
        // Of a small file its length and one byte more, by which its end shows: large pieces of memory are dear to get.
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(stream.Length + 1, Size));
        int held = 0;
        int number = 1;
        while (true)
        {
            held += stream.ReadAtLeast(buffer.AsSpan(held), buffer.Length - held, throwOnEndOfStream: false);
            if (held < buffer.Length)
            {
                yield return new LineChunk(buffer, held, number, isLast: true);
                yield break;
            }
            int cut = buffer.AsSpan(0, held - 1).LastIndexOf((byte)'\n') + 1;
            if (cut == 0 && held > maximumBytes)
                throw BoundedLines.TooLong(number, maximumBytes);
            byte[] next = ArrayPool<byte>.Shared.Rent(cut == 0 ? 2 * held : Size);
            buffer.AsSpan(cut, held - cut).CopyTo(next);
            if (cut == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            else
            {
                int first = number;
                number += buffer.AsSpan(0, cut).Count((byte)'\n');
                yield return new LineChunk(buffer, cut, first, isLast: false);
            }
            held -= cut;
            buffer = next;
        }
    }
}
