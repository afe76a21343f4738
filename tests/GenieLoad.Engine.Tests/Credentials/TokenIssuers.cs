using System.Net;
using System.Text;

namespace GenieLoad.Engine.Tests.Credentials;

/// <summary>Those who issue tokens, answering by a function of the request; keeps what was sent.</summary>
internal sealed class TokenIssuers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<SentRequest> Sent { get; } = [];

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Dictionary<string, string> headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value));
        Sent.Add(new SentRequest($"{request.Method} {request.RequestUri}", body, headers));
        return answer(request);
    }
}

internal sealed record SentRequest(string Line, string Body, Dictionary<string, string> Headers);
