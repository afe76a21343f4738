using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Genie;

/// <summary>A service that answers by script, in order, and keeps what it was sent and when.</summary>
internal sealed class ScriptedService(FakeTimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, Task<HttpResponseMessage>>> _script = new();

    public List<ReceivedCall> Calls { get; } = [];

    public ScriptedService Answer(HttpStatusCode status, string body, params (string Name, string Value)[] headers) =>
        Do(_ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach ((string name, string value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });

    public ScriptedService Do(Func<HttpRequestMessage, Task<HttpResponseMessage>> step)
    {
        _script.Enqueue(step);
        return this;
    }

    /// <summary>Breaks before the request was read, as a refused connection does.</summary>
    public ScriptedService RefuseConnection() =>
        Do(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));

    /// <summary>Reads the request, then breaks: nobody knows what became of it.</summary>
    public ScriptedService ResetAfterReading() => Do(async request =>
    {
        if (request.Content is not null)
            await request.Content.ReadAsByteArrayAsync();
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely");
    });

    public ScriptedService NeverAnswer() => Do(_ => new TaskCompletionSource<HttpResponseMessage>().Task);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<HttpRequestMessage, Task<HttpResponseMessage>> step =
            _script.TryDequeue(out Func<HttpRequestMessage, Task<HttpResponseMessage>>? next)
                ? next
                : throw new InvalidOperationException(
                    $"Call {Calls.Count + 1} ({request.Method} {request.RequestUri}) is not in the script.");
        Calls.Add(new ReceivedCall(
            request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.Authorization?.ToString(), time.GetUtcNow()));
        return await step(request).WaitAsync(cancellationToken);
    }
}

internal sealed record ReceivedCall(string Method, string Path, string? Authorization, DateTimeOffset At);
