using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>
/// Sends OpenTelemetry data as JSON over HTTP. Tries again what the protocol allows (429, 502, 503, 504, no answer), as long as
/// <c>Retry-After</c> asks for; redirects are not followed, so headers go to the endpoint's own origin only.
/// </summary>
internal sealed class OtlpSender : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;
    private readonly OtlpEndpoint _endpoint;
    private readonly HttpExchange _exchange;
    private readonly ILogger _log;
    private readonly int _seed;
    private long _calls;

    /// <summary>Opens the way; nothing is sent yet.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="time">Clock of retries.</param>
    /// <param name="log">Told of retries, of items that were rejected, and of headers that cross a network unencrypted.</param>
    /// <param name="retry">How failed calls are tried again; <see langword="null"/> for the usual.</param>
    /// <param name="handler">Takes the place of the network, in tests.</param>
    public OtlpSender(
        OtlpEndpoint endpoint, TimeProvider time, ILogger log, RetryOptions? retry = null, Func<HttpMessageHandler>? handler = null)
    {
        _endpoint = endpoint;
        _log = log;
        _seed = (int)time.GetTimestamp();
        _exchange = new HttpExchange(
            new HttpMessageInvoker(handler?.Invoke() ?? HttpHandlers.Create(endpoint.Address)),
            new ExchangeOptions(retry ?? new RetryOptions(), endpoint.TimeoutSeconds, LongestAnswer) { WillRepeat = WillRepeat },
            time, log);
        if (endpoint.UnencryptedHeaders is string warning)
            log.LogWarning("{Warning}", warning);
    }

    /// <summary>Sends one message. A second copy of it changes nothing where the receiver tells items by their ids.</summary>
    /// <param name="json">The message, UTF-8.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>What was not kept, of which a warning has been logged already.</returns>
    /// <exception cref="Model.GenieLoadException">
    /// <c>OtlpUnreachable</c>, <c>OtlpThrottled</c>, <c>OtlpCredentialRefused</c>, <c>NotAnOtlpReceiver</c>, <c>OtlpRefused</c>, or what
    /// answered in the receiver's place.
    /// </exception>
    public async Task<OtlpReceipt> SendAsync(byte[] json, CancellationToken stop)
    {
        HttpCall call = new($"POST {_endpoint.Address.AbsolutePath}", HttpMethod.Post, _endpoint.Address)
        {
            Content = () => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers = _endpoint.Headers,
            IsRepeatable = true,
        };
        CallPolicy policy = new(SeededRandom.For(_seed, "otlp", Interlocked.Increment(ref _calls)))
        {
            Caller = "OpenTelemetry", IsWaitedFor = true,
        };
        try
        {
            CallAttempt attempt = await _exchange.SendAsync(call, policy, null, stop).ConfigureAwait(false);
            OtlpReceipt receipt = Receipt(attempt.Body);
            if (receipt.RejectedCount == 0 && receipt.Message is not null)
                _log.LogInformation("The OpenTelemetry receiver at {Address} says: {Message}", _endpoint.Location, receipt.Message);
            if (receipt.RejectedCount > 0)
            {
                _log.LogWarning(
                    "The OpenTelemetry receiver at {Address} did not keep {Count} items: {Message}", _endpoint.Location,
                    receipt.RejectedCount, receipt.Message ?? "it gave no reason");
            }
            return receipt;
        }
        catch (ApiException e)
        {
            throw OtlpErrors.Explain(_endpoint.Address, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _exchange.Dispose();

    // By the protocol, these four are all that is worth another try; of an attempt without an answer nothing is known.
    private static bool WillRepeat(ApiFailure failure) =>
        failure.ErrorType == "TRANSPORT_TLS" || failure.HttpStatus is not (null or 429 or 502 or 503 or 504);

    private OtlpReceipt Receipt(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(MendedJson.Of(body));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("partialSuccess", out JsonElement partial)
                && partial.ValueKind == JsonValueKind.Object
                    ? Rejection(partial)
                    : new OtlpReceipt(0, null);
        }
        catch (JsonException)
        {
            // Some receivers answer with nothing or with a word; a page means that something else answered.
            return body.Span.TrimStart(" \r\n\t"u8) is not [(byte)'<', ..]
                ? new OtlpReceipt(0, null)
                : throw OtlpErrors.NotAnOtlpReceiver(_endpoint.Location, "it answered with a page.");
        }
    }

    private static OtlpReceipt Rejection(JsonElement partial)
    {
        long count = 0;
        foreach (string name in (string[])["rejectedSpans", "rejectedDataPoints"])
        {
            if (partial.TryGetProperty(name, out JsonElement value)
                && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                count += number;
        }
        string? message = partial.TryGetProperty("errorMessage", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? Redactor.Redact(text.GetString()!)
            : null;
        return new OtlpReceipt(count, string.IsNullOrWhiteSpace(message) ? null : message);
    }
}
