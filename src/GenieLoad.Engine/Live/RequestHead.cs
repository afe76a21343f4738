using System.Text;

namespace GenieLoad.Engine.Live;

/// <summary>What a browser asks for: the request line, and those headers that the dashboard looks at.</summary>
internal sealed class RequestHead
{
    /// <summary>Most bytes of a head.</summary>
    public const int MostBytes = 16 * 1024;

    private static readonly string[] OnlyOnce = ["Host", "Origin", "Sec-Fetch-Site", "Last-Event-ID"];

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private RequestHead(string method, string path, string query)
    {
        Method = method;
        Path = path;
        Query = query;
    }

    /// <summary>The method, as written.</summary>
    public string Method { get; }

    /// <summary>The path, as written.</summary>
    public string Path { get; }

    /// <summary>What follows the question mark.</summary>
    public string Query { get; }

    /// <summary>A header; <see langword="null"/> where it is missing.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>A parameter of the query, as written; <see langword="null"/> where it is missing.</summary>
    public string? Parameter(string name) => Query.Split('&').Select(pair => pair.Split('=', 2))
        .FirstOrDefault(pair => pair[0] == name && pair.Length == 2)?[1];

    /// <summary>The values of the cookies of a name: another program on this machine may have set one of its own.</summary>
    public IEnumerable<string> Cookies(string name) => (Header("Cookie") ?? "").Split(';').Select(pair => pair.Trim().Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name).Select(pair => pair[1]);

    /// <summary>Reads a head, and nothing after it.</summary>
    /// <returns>The head; <see langword="null"/> where there is none, or one that no browser sends.</returns>
    public static async Task<RequestHead?> ReadAsync(Stream stream, CancellationToken stop)
    {
        byte[] buffer = new byte[MostBytes];
        int count = 0;
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(count), stop).ConfigureAwait(false);
            if (read == 0)
                return null;
            count += read;
            int end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return Parse(Encoding.Latin1.GetString(buffer, 0, end));
            if (count == MostBytes)
                return null;
        }
    }

    private static RequestHead? Parse(string text)
    {
        string[] lines = text.Split("\r\n");
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, ['/', ..] target, "HTTP/1.1"])
            return null;
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        RequestHead head = mark < 0 ? new(method, target, "") : new(method, target[..mark], target[(mark + 1)..]);
        return lines.Skip(1).All(head.Add) ? head : null;
    }

    /// <returns>Whether a line is a header as it must be.</returns>
    private bool Add(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).IndexOfAny(' ', '\t') >= 0)
            return false;
        string name = line[..colon];
        string value = line[(colon + 1)..].Trim(' ', '\t');
        // Two hosts are one too many: whoever is in between may have looked at the other.
        if (_headers.ContainsKey(name) && OnlyOnce.Contains(name, StringComparer.OrdinalIgnoreCase))
            return false;
        _headers[name] = _headers.TryGetValue(name, out string? before) ? $"{before}; {value}" : value;
        return true;
    }
}
