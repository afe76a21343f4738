using System.Buffers;

namespace GenieLoad.Engine.Http;

/// <summary>
/// The body of one answer, read into memory with a limit after decompression. Large ones take turns: whatever a thousand answers hold at
/// once, a few are in the hands of their readers. Disposing it lets the next one in; what was read stays.
/// </summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>Above this many bytes an answer is large.</summary>
    public const int Large = 256 * 1024;

    private const int LargeAtOnce = 4;
    private const int FirstBytes = 16 * 1024;

    private static readonly SemaphoreSlim Turns = new(LargeAtOnce);

    private bool _hasTurn;

    private AnswerBody()
    {
    }

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether there was more than the limit; the rest was not read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads a body.</summary>
    /// <param name="content">Of the answer, nothing of it read yet.</param>
    /// <param name="most">Most bytes to read.</param>
    /// <param name="known">What it may repeat, byte for byte: then that is taken, and nothing copied.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<AnswerBody> ReadAsync(HttpContent content, int most, ReadOnlyMemory<byte> known, CancellationToken stop)
    {
        var body = new AnswerBody();
        try
        {
            await body.FillAsync(content, most, known, stop).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_hasTurn)
            Turns.Release();
        _hasTurn = false;
    }

    private async Task FillAsync(HttpContent content, int most, ReadOnlyMemory<byte> known, CancellationToken stop)
    {
        Stream stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            int length = 0;
            while (true)
            {
                if (length == buffer.Length)
                    buffer = await LargerAsync(buffer, stop).ConfigureAwait(false);
                int read = await stream.ReadAsync(buffer.AsMemory(length), stop).ConfigureAwait(false);
                if (read == 0)
                    break;
                length += read;
                if (length <= most)
                    continue;
                IsCut = true;
                length = most;
                break;
            }
            Bytes = buffer.AsSpan(0, length).SequenceEqual(known.Span) ? known : buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<byte[]> LargerAsync(byte[] full, CancellationToken stop)
    {
        if (full.Length >= Large && !_hasTurn)
        {
            await Turns.WaitAsync(stop).ConfigureAwait(false);
            _hasTurn = true;
        }
        byte[] larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
