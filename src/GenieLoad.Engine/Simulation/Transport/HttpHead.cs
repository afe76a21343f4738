using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>Request line and headers of an HTTP/1.1 request, checked.</summary>
internal sealed class HttpHead
{
    /// <summary>Longest body that is taken, in bytes.</summary>
    public const int BodyLimit = 1 << 20;

    private const int HeaderLimit = 100;
    private bool _hasLength;

    private HttpHead(string method, string path, string query, bool keepAlive)
    {
        Method = method;
        Path = path;
        Query = query;
        KeepAlive = keepAlive;
    }

    public string Method { get; }

    public string Path { get; }

    public string Query { get; }

    public bool KeepAlive { get; private set; }

    public string? Authorization { get; private set; }

    public int ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    public bool ExpectsContinue { get; private set; }

    /// <summary>Reads a head.</summary>
    /// <param name="bytes">From the request line to the last header, without the empty line.</param>
    /// <exception cref="HttpRequestRefusal">It is malformed, too large, or asks for what this server does not do.</exception>
    public static HttpHead Parse(ReadOnlySpan<byte> bytes)
    {
        // Latin-1 maps every byte to one character, so nothing is lost or merged before it is checked.
        string text = Encoding.Latin1.GetString(bytes);
        int end = text.IndexOf("\r\n", StringComparison.Ordinal);
        HttpHead head = ParseRequestLine(end < 0 ? text : text[..end]);
        int count = 0;
        while (end >= 0)
        {
            int start = end + 2;
            end = text.IndexOf("\r\n", start, StringComparison.Ordinal);
            if (++count > HeaderLimit)
                throw new HttpRequestRefusal(431, "Too many headers.");
            head.AddHeader(text.AsSpan()[start..(end < 0 ? text.Length : end)]);
        }

        if (head.IsChunked && head._hasLength)
            throw new HttpRequestRefusal(400, "Both Content-Length and Transfer-Encoding.");
        return head;
    }

    private static HttpHead ParseRequestLine(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length != 3 || parts[0].Length is 0 or > 20 || !parts[0].All(char.IsAsciiLetterUpper))
            throw new HttpRequestRefusal(400, "The request line is not 'METHOD target HTTP/1.1'.");
        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw parts[2].StartsWith("HTTP/", StringComparison.Ordinal)
                ? new HttpRequestRefusal(505, "Only HTTP/1.1 is spoken here.")
                : new HttpRequestRefusal(400, "The request line is not 'METHOD target HTTP/1.1'.");
        }

        string target = parts[1];
        if (!target.StartsWith('/') || !target.All(c => c is > ' ' and < (char)127))
            throw new HttpRequestRefusal(400, "The request target is not a path.");
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? new HttpHead(parts[0], target, "", parts[2] == "HTTP/1.1")
            : new HttpHead(parts[0], target[..mark], target[(mark + 1)..], parts[2] == "HTTP/1.1");
    }

    private void AddHeader(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || line[..colon].ContainsAny(" \t\r\n\0") || line.ContainsAny("\r\n\0"))
            throw new HttpRequestRefusal(400, "A header is not 'name: value'.");
        ReadOnlySpan<char> name = line[..colon];
        ReadOnlySpan<char> value = line[(colon + 1)..].Trim(" \t");
        if (Is(name, "authorization"))
            Authorization = value.ToString();
        else if (Is(name, "content-length"))
            SetLength(value);
        else if (Is(name, "transfer-encoding"))
            IsChunked = Is(value, "chunked") ? true : throw new HttpRequestRefusal(501, "Only chunked transfer encoding is known.");
        else if (Is(name, "connection"))
            KeepAlive = Is(value, "close") ? false : Is(value, "keep-alive") || KeepAlive;
        else if (Is(name, "expect"))
            ExpectsContinue = Is(value, "100-continue") ? true : throw new HttpRequestRefusal(417, "Only 100-continue can be expected.");
    }

    private void SetLength(ReadOnlySpan<char> value)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            || (_hasLength && length != ContentLength))
            throw new HttpRequestRefusal(400, "Content-Length is not one number.");
        if (length > BodyLimit)
            throw new HttpRequestRefusal(413, "The body is too large.");
        _hasLength = true;
        ContentLength = (int)length;
    }

    private static bool Is(ReadOnlySpan<char> text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
