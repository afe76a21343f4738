using System.Buffers.Text;
using System.Net.Sockets;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>One connection: reads requests, of which it understands just enough, and sends the answer made for each.</summary>
internal sealed class StubConnection(Socket socket, StubServer server)
{
    private const int PollsPerAnswer = 10;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private int _polls;
    private bool _opensStream;

    public async Task RunAsync()
    {
        using (socket)
        {
            try
            {
                while (_length < _buffer.Length)
                {
                    int read = await socket.ReceiveAsync(_buffer.AsMemory(_length), SocketFlags.None);
                    if (read == 0)
                        return;
                    _length += read;
                    while (Take() is byte[] answer)
                    {
                        server.Answered();
                        await socket.SendAsync(answer, SocketFlags.None);
                        if (_opensStream)
                            server.Streams.Add(socket);
                        _opensStream = false;
                    }
                }
            }
            catch (SocketException)
            {
                // The client went away.
            }
        }
    }

    /// <summary>Takes one whole request out of the buffer; nothing as long as some of it is missing.</summary>
    private byte[]? Take()
    {
        ReadOnlySpan<byte> received = _buffer.AsSpan(0, _length);
        int headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return null;
        ReadOnlySpan<byte> head = received[..headEnd];
        int total = headEnd + 4 + BodyLength(head);
        if (received.Length < total)
            return null;
        byte[] answer = Answer(head[..head.IndexOf((byte)'\r')], received[(headEnd + 4)..total]);
        received[total..].CopyTo(_buffer);
        _length -= total;
        return answer;
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "Content-Length: "u8;
        int at = head[0] == 'G' ? -1 : head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : 0;
    }

    private byte[] Answer(ReadOnlySpan<byte> requestLine, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> agent = "/api/2.0/genie/agents/"u8;
        if (requestLine.IndexOf(agent) is >= 0 and int atAgent)
        {
            _opensStream = requestLine[atAgent + agent.Length] == (byte)'a';
            return _opensStream ? StubEvents.Opened : StubEvents.Whole;
        }
        ReadOnlySpan<byte> space = "/api/2.0/genie/spaces/"u8;
        int at = requestLine.IndexOf(space);
        if (at < 0 || requestLine.Length <= at + space.Length)
            return StubAnswers.NotFound;
        if (requestLine[0] == 'P')
        {
            server.Arrived(QuestionNumber(body));
            return StubAnswers.Accepted;
        }
        // One letter tells the spaces apart.
        switch (requestLine[at + space.Length])
        {
            case (byte)'a':
                return StubAnswers.Asking;
            case (byte)'q':
                return StubAnswers.AnsweredByText;
            default:
                if (requestLine.IndexOf("/query-result"u8) >= 0)
                    return StubAnswers.Result;
                return ++_polls % PollsPerAnswer == 0 ? StubAnswers.AnsweredByQuery : StubAnswers.Asking;
        }
    }

    // Questions of the benchmark begin with their number.
    private static int QuestionNumber(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> name = "\"content\":\""u8;
        int at = body.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out int number, out _) ? number : 0;
    }
}
