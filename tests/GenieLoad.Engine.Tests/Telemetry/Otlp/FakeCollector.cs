using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Telemetry.Otlp;

/// <summary>A receiver of OpenTelemetry data in memory: keeps what it gets and answers what a test wants.</summary>
internal sealed class FakeCollector : HttpMessageHandler
{
    public List<Uri> Addresses { get; } = [];

    public List<string> Bodies { get; } = [];

    public List<Dictionary<string, string>> Headers { get; } = [];

    /// <summary>Answers by the number of the call, from 1.</summary>
    public Func<int, HttpResponseMessage> Answer { get; set; } = _ => Json("{}");

    /// <summary>Whether it takes everything and answers nothing.</summary>
    public bool Hangs { get; set; }

    /// <summary>Told when the caller gives up on it.</summary>
    public Action? GivenUp { get; set; }

    public IEnumerable<JsonNode> Spans => Bodies.SelectMany(SpansOf);

    public static IEnumerable<JsonNode> SpansOf(string body) =>
        JsonNode.Parse(body)!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray().Select(span => span!);

    public static HttpResponseMessage Json(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Addresses.Add(request.RequestUri!);
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        Headers.Add(request.Headers.Concat(request.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
        if (!Hangs)
            return Answer(Bodies.Count);
        // In one step: whoever waits goes on only after this is told.
        TaskCompletionSource<HttpResponseMessage> never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration given = cancellationToken.Register(() =>
        {
            GivenUp?.Invoke();
            never.SetCanceled(cancellationToken);
        });
        return await never.Task;
    }
}
