using System.Net;
using System.Text;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Telemetry.Otlp;

public sealed class OtlpSenderTests
{
    private const string Secret = "tok-8c1f02a7";
    private readonly FakeCollector _collector = new();
    private readonly FakeTimeProvider _time = new();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Json_goes_with_the_headers_and_they_are_in_no_log()
    {
        _collector.Answer = call => call == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : FakeCollector.Json("{}");

        OtlpReceipt receipt = await Send("{\"x\":1}");

        Assert.Equal((0, null), (receipt.RejectedCount, receipt.Message));
        Assert.Equal(["{\"x\":1}", "{\"x\":1}"], _collector.Bodies);
        Assert.Equal("application/json", _collector.Headers[1]["Content-Type"]);
        Assert.Equal($"Bearer {Secret}", _collector.Headers[1]["Authorization"]);
        Assert.Equal("http://127.0.0.1:4318/v1/traces", _collector.Addresses[1].AbsoluteUri);
        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_agent_of_one_s_own_goes_alone()
    {
        await Send(headers: "User-Agent=mine%2F1");

        Assert.Equal("mine/1", Assert.Single(_collector.Headers)["User-Agent"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task What_passes_is_tried_again(HttpStatusCode status)
    {
        _collector.Answer = call => call < 3 ? new HttpResponseMessage(status) : FakeCollector.Json("{}");

        await Send();

        Assert.Equal(3, _collector.Bodies.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, 3)]
    [InlineData(HttpRequestError.ResponseEnded, 3)]
    [InlineData(HttpRequestError.NameResolutionError, 3)]
    [InlineData(HttpRequestError.SecureConnectionError, 1)]
    public async Task A_call_without_an_answer_is_tried_again_but_not_where_the_certificate_is_wrong(HttpRequestError error, int calls)
    {
        _collector.Answer = call => call < 3 ? throw new HttpRequestException(error, "no answer") : FakeCollector.Json("{}");

        Task<OtlpReceipt> sent = Send();

        if (calls == 1)
            Assert.Equal("OtlpUnreachable", (await Assert.ThrowsAsync<GenieLoadException>(() => sent)).ErrorId);
        else
            await sent;
        Assert.Equal(calls, _collector.Bodies.Count);
    }

    [Fact]
    public async Task Retry_after_is_obeyed()
    {
        DateTimeOffset before = _time.GetUtcNow();
        _collector.Answer = call =>
        {
            HttpResponseMessage answer = FakeCollector.Json("{}", call == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
            answer.Headers.TryAddWithoutValidation("Retry-After", "37");
            return answer;
        };

        await Send();

        Assert.InRange((_time.GetUtcNow() - before).TotalSeconds, 37, 50);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "OtlpCredentialRefused")]
    [InlineData(HttpStatusCode.Forbidden, "OtlpCredentialRefused")]
    [InlineData(HttpStatusCode.NotFound, "NotAnOtlpReceiver")]
    [InlineData(HttpStatusCode.UnsupportedMediaType, "NotAnOtlpReceiver")]
    [InlineData(HttpStatusCode.BadRequest, "OtlpRefused")]
    [InlineData(HttpStatusCode.InternalServerError, "OtlpUnreachable")]
    [InlineData(HttpStatusCode.NotImplemented, "OtlpRefused")]
    [InlineData(HttpStatusCode.HttpVersionNotSupported, "OtlpUnreachable")]
    public async Task What_stays_is_an_error_at_once_that_repeats_no_secret(HttpStatusCode status, string id)
    {
        _collector.Answer = _ => FakeCollector.Json($"{{\"message\":\"no to {Secret}\"}}", status);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => Send());

        Assert.Equal(id, error.ErrorId);
        Assert.Single(_collector.Bodies);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _collector.Answer = _ =>
        {
            HttpResponseMessage answer = new(HttpStatusCode.TemporaryRedirect);
            answer.Headers.Location = new Uri("http://elsewhere/v1/traces");
            return answer;
        };

        await Assert.ThrowsAsync<GenieLoadException>(() => Send());

        Assert.All(_collector.Addresses, address => Assert.Equal("127.0.0.1", address.Host));
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("3")]
    public async Task Rejected_items_are_a_success_with_a_warning(string count)
    {
        _collector.Answer = _ => FakeCollector.Json(
            $"{{\"partialSuccess\":{{\"rejectedSpans\":{count},\"errorMessage\":\"too old, {Secret}\"}}}}");

        OtlpReceipt receipt = await Send();

        Assert.Equal(3, receipt.RejectedCount);
        Assert.DoesNotContain(Secret, receipt.Message, StringComparison.Ordinal);
        Assert.Contains("did not keep 3 items: too old", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("[]")]
    public async Task Another_answer_than_the_protocol_s_is_a_success_too(string text)
    {
        _collector.Answer = _ => FakeCollector.Json(text);

        Assert.Equal(0, (await Send()).RejectedCount);
    }

    [Fact]
    public async Task A_page_is_none()
    {
        _collector.Answer = _ => FakeCollector.Json("\n<p>Hello</p>");

        Assert.Equal("NotAnOtlpReceiver", (await Assert.ThrowsAsync<GenieLoadException>(() => Send())).ErrorId);
    }

    [Fact]
    public async Task Headers_that_cross_a_network_unencrypted_are_warned_of()
    {
        await Send(endpoint: "http://collector.example:4318");

        Assert.Contains("unencrypted", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private Task<OtlpReceipt> Send(
        string json = "{}", string endpoint = "http://127.0.0.1:4318", string headers = $"Authorization=Bearer%20{Secret}") =>
        _time.Drive(async () =>
        {
            OtlpEndpoint resolved = OtlpEndpoint.Resolve(
                OtlpSignal.Traces, endpoint, name => name == "OTEL_EXPORTER_OTLP_HEADERS" ? headers : null)!;
            using OtlpSender sender = new(resolved, _time, new EngineLog(_time, _log), new RetryOptions(), () => _collector);
            return await sender.SendAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None);
        });

    private sealed class KeptLog : ILogSink
    {
        public List<string> Lines { get; } = [];

        public bool IsEnabled(LogSeverity severity) => true;

        public void Write(LogEvent logEvent) => Lines.Add(logEvent.Text);
    }
}
