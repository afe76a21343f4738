using System.Globalization;
using System.Text;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>Writes status line and headers of an answer.</summary>
internal static class HttpReplyHead
{
    public static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    };

    /// <summary>The head of an answer, with the empty line.</summary>
    public static byte[] Write(SimulatedReply reply, DateTime utc, bool keepAlive)
    {
        var text = new StringBuilder(256);
        text.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {Reason(reply.Status)}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Date: {utc:R}\r\nServer: GenieLoad simulator\r\n");
        if (reply.HasBody)
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: {reply.ContentType}\r\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{(reply.Stream is null ? $"Content-Length: {reply.Body.Length}" : "Transfer-Encoding: chunked")}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"x-request-id: {reply.RequestId}\r\nx-databricks-request-id: {reply.RequestId}\r\n");
        if (reply.RetryAfter is not null)
            text.Append(CultureInfo.InvariantCulture, $"Retry-After: {reply.RetryAfter}\r\n");
        if (!keepAlive)
            text.Append("Connection: close\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
