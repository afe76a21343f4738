using System.Buffers;
using System.Globalization;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>A request off the wire, and whether the connection goes on after it.</summary>
internal readonly record struct IncomingRequest(SimulatedRequest Request, bool KeepAlive);

/// <summary>
/// Reads one HTTP/1.1 request after another from a connection, with limits on everything that a peer decides the length of.
/// </summary>
internal sealed class HttpRequestReader(Stream stream) : IDisposable
{
    /// <summary>Longest head that is taken, in bytes.</summary>
    public const int HeadLimit = 32 * 1024;

    private const int ChunkLineLimit = 1024;
    private static readonly byte[] ContinueLine = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _end;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next request; <see langword="null"/> when the peer has closed the connection between two.</summary>
    /// <exception cref="HttpRequestRefusal">What came is no request that is taken.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<IncomingRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        int length = await FindAsync(HeadEnd, HeadLimit, 431, "The head is too large.", cancellationToken).ConfigureAwait(false);
        if (length < 0)
            return null;
        HttpHead head = HttpHead.Parse(Unread[..length]);
        _start += length + 4;
        if (head.ExpectsContinue && _start == _end && (head.IsChunked || head.ContentLength > 0))
            await stream.WriteAsync(ContinueLine, cancellationToken).ConfigureAwait(false);
        byte[] body = head.IsChunked
            ? await ReadChunksAsync(cancellationToken).ConfigureAwait(false)
            : await ReadExactlyAsync(head.ContentLength, cancellationToken).ConfigureAwait(false);
        return new IncomingRequest(new SimulatedRequest(head.Method, head.Path, head.Query, head.Authorization, body), head.KeepAlive);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    // Empty lines before a request are allowed, so they are skipped here.
    private int HeadEnd()
    {
        while (_end - _start >= 2 && Unread[0] == '\r' && Unread[1] == '\n')
            _start += 2;
        return Unread.IndexOf("\r\n\r\n"u8);
    }

    private int LineEnd() => Unread.IndexOf("\r\n"u8);

    /// <summary>Reads until <paramref name="find"/> finds an end; -1 when the peer closes before it has sent anything.</summary>
    private async ValueTask<int> FindAsync(
        Func<int> find, int limit, int status, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            int length = find();
            if (length > limit || (length < 0 && _end - _start > limit))
                throw new HttpRequestRefusal(status, reason);
            if (length >= 0)
                return length;
            if (await FillAsync(cancellationToken).ConfigureAwait(false))
                continue;
            return _start == _end ? -1 : throw new IOException("The connection ended within a request.");
        }
    }

    private async ValueTask<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            int size = ParseChunkSize(await ReadLineAsync(cancellationToken).ConfigureAwait(false));
            if (body.Length + size > HttpHead.BodyLimit)
                throw new HttpRequestRefusal(413, "The body is too large.");
            if (size == 0)
                break;
            body.Write(await ReadExactlyAsync(size, cancellationToken).ConfigureAwait(false));
            if (await ReadLineAsync(cancellationToken).ConfigureAwait(false) != "")
                throw new HttpRequestRefusal(400, "A chunk does not end where it says.");
        }

        // Trailers carry nothing that matters here; they end with an empty line.
        for (int i = 0; await ReadLineAsync(cancellationToken).ConfigureAwait(false) != ""; i++)
        {
            if (i > 100)
                throw new HttpRequestRefusal(431, "Too many trailers.");
        }

        return body.ToArray();
    }

    private static int ParseChunkSize(string line)
    {
        string digits = line.Split(';')[0].Trim();
        return digits.Length is > 0 and < 9
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) && size >= 0
            ? size
            : throw new HttpRequestRefusal(400, "A chunk has no proper size.");
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        int length = await FindAsync(LineEnd, ChunkLineLimit, 400, "A line of a chunked body is too long.", cancellationToken)
            .ConfigureAwait(false);
        if (length < 0)
            throw new IOException("The connection ended within a request.");
        string line = System.Text.Encoding.Latin1.GetString(Unread[..length]);
        _start += length + 2;
        return line;
    }

    private async ValueTask<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        if (length == 0)
            return [];
        byte[] bytes = new byte[length];
        int have = Math.Min(length, _end - _start);
        Unread[..have].CopyTo(bytes);
        _start += have;
        await stream.ReadExactlyAsync(bytes.AsMemory(have), cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            byte[] target = _start > 0 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Unread.CopyTo(target);
            if (target != _buffer)
                ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
            _end -= _start;
            _start = 0;
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
