using System.Net;
using System.Text;
using System.Text.Json;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>
/// A workspace on this machine that repeats the token it was sent, in many spellings, wherever a text may stand, beside sequences that
/// steer a terminal. Every second question fails.
/// </summary>
public sealed class EchoingService : IDisposable
{
    /// <summary>Sets a window's title, clears the screen (C1) and turns the writing round.</summary>
    public const string Steering = "\u001b]0;owned\u0007\u009b2J\u202e";

    private readonly HttpListener _listener = new();
    private int _asked;

    public EchoingService()
    {
        Uri = $"http://127.0.0.1:{RefusingService.FreePort()}";
        _listener.Prefixes.Add(Uri + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Uri { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                string token = context.Request.Headers["Authorization"]?.Replace("Bearer ", "", StringComparison.Ordinal) ?? "";
                string told = $"{token} _{token}_ {Base64(token)} {Base64($"token:{token}")} {Base64($":{token}")} "
                    + $"{System.Uri.EscapeDataString(token)}{Steering}";
                (int status, object body) = Answer(context.Request, token, told);
                context.Response.StatusCode = status;
                context.Response.Headers["x-request-id"] = $"request-{token}";
                await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private (int Status, object Body) Answer(HttpListenerRequest request, string token, string told)
    {
        string path = request.Url!.AbsolutePath;
        if (request.HttpMethod == "POST")
        {
            int number = Interlocked.Increment(ref _asked);
            return number % 3 == 0
                ? (400, new { error_code = $"BAD_{token}", message = told, details = new[] { new { request_id = $"r_{token}" } } })
                : (200, new { conversation_id = $"c{number}", message_id = $"m{number}",
                    message = new { message_id = $"m{number}", status = "SUBMITTED" } });
        }
        if (!path.Contains("/messages/", StringComparison.Ordinal))
            return (200, new { space_id = "01ef", title = told, description = told, warehouse_id = token });
        return path[^1] % 2 == 0
            ? (200, new { message_id = "m", status = "FAILED", error = new { type = $"TYPE_{token}{Steering}", error = told } })
            : (200, new Dictionary<string, object>
            {
                ["message_id"] = "m",
                ["status"] = "COMPLETED",
                [$"name {told}"] = told,
                ["attachments"] = new object[] { new { attachment_id = "a1", text = new { content = told } } },
            });
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
