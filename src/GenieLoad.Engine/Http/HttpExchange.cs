using System.Net.Http.Headers;
using System.Text.Json;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Http;

/// <summary>
/// The one way in which calls go to services: sends, reads the answer up to a measure, puts what went wrong in one form, tries again what
/// may be tried again, and records what all of it cost. Never throws for what the network or the service does but
/// <see cref="ApiException"/>.
/// </summary>
/// <param name="http">Way to the service; disposed with this. Not an HttpClient, which costs a tenth of a poll: time limit, address and
/// headers come from here.</param>
/// <param name="options">How it is talked to.</param>
/// <param name="time">Clock of all waits.</param>
/// <param name="log">Gets every retry.</param>
internal sealed class HttpExchange(HttpMessageInvoker http, ExchangeOptions options, TimeProvider time, ILogger log) : IDisposable
{
    private readonly RetryLoop _retries = new(options.Retry, time, log, options.WillRepeat);

    /// <summary>What the answers told of the service's clock.</summary>
    public ServiceClock Clock { get; } = new();

    /// <summary>Sends a call until it succeeds or is given up.</summary>
    /// <param name="call">The call.</param>
    /// <param name="policy">What it keeps to.</param>
    /// <param name="read">Reads the answer, may throw <see cref="JsonException"/>; <see langword="null"/> for a caller that reads it
    /// later.</param>
    /// <param name="stop">Ends it at once, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<CallAttempt> SendAsync(
        HttpCall call, CallPolicy policy, Func<ReadOnlyMemory<byte>, object>? read, CancellationToken stop) =>
        _retries.RunAsync(call, policy, (failure, ends) => AttemptAsync(call, policy, read, failure, ends), stop);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>
    /// Sends the call once, and at once a second time with another authorization where the service refused the first one (not accepted,
    /// so that a submission may be sent again too) and another is to be had.
    /// </summary>
    private async Task<CallAttempt> AttemptAsync(
        HttpCall call, CallPolicy policy, Func<ReadOnlyMemory<byte>, object>? read, ApiFailure? before, CancellationToken stop)
    {
        if (call.IsDone is not null && before is { FateUnknown: true } && await call.IsDone(stop).ConfigureAwait(false))
            return new CallAttempt { WasDone = true };
        CallAttempt attempt = await SendOnceAsync(call, policy, read, stop).ConfigureAwait(false);
        if (attempt.Failure is not { TokenRenewable: true } refusal)
            return attempt;
        policy.Record.Ended(call, refusal);
        policy.Record.Retrying(throttled: false);
        log.LogInformation(
            "{Caller}: {Call} again with a new token: {Credential} was refused (HTTP {Status}: {Reason})",
            policy.Caller, call.Name, call.Authorization!.Description, refusal.HttpStatus, refusal.Message);
        return await SendOnceAsync(call, policy, read, stop).ConfigureAwait(false);
    }

    private async Task<CallAttempt> SendOnceAsync(
        HttpCall call, CallPolicy policy, Func<ReadOnlyMemory<byte>, object>? read, CancellationToken stop)
    {
        using HttpRequestMessage request = RequestOf(call);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(AttemptLimit(policy)), time);
        // The caller's cancellation goes the same way as the limit, which saves a linked source for every call.
        using CancellationTokenRegistration ends = stop.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        bool answered = false;
        HttpResponseMessage? response = null;
        try
        {
            // From here on, or sleeps for a token that was not to be had would lie before the question's first instant.
            policy.Record.Beginning(time.GetTimestamp());
            if (call.Authorization is not null)
                request.Headers.Authorization = await call.Authorization.NextAsync(limit.Token).ConfigureAwait(false);
            long sentAt = time.GetTimestamp();
            policy.Record.Sending(call, sentAt);
            response = await http.SendAsync(request, limit.Token).ConfigureAwait(false);
            Clock.Observe(sentAt, time.GetTimestamp(), response.Headers);
            answered = response.IsSuccessStatusCode;
            if (answered && call.IsStream)
            {
                policy.Record.Answered(call, time.GetTimestamp(), (int)response.StatusCode, null);
                var open = new OpenAnswer(response, sentAt);
                response = null;
                return new CallAttempt { Value = open, SentAt = sentAt, ReceivedAt = time.GetTimestamp() };
            }
            using AnswerBody body = await AnswerBody
                .ReadAsync(response.Content, answered ? options.LongestAnswer : ErrorBody.LongestBody, call.Known, limit.Token)
                .ConfigureAwait(false);
            if (!answered)
            {
                ApiFailure failure = CallFault.Of(response, body.Bytes.ToArray(), time.GetUtcNow());
                policy.Record.Answered(call, time.GetTimestamp(), (int)response.StatusCode, failure.RetryAfterSeconds);
                return CallAttempt.Failed(Refusal(call, failure, request.Headers.Authorization));
            }
            long receivedAt = time.GetTimestamp();
            policy.Record.Answered(call, receivedAt, (int)response.StatusCode, null);
            return Answer(body, read, sentAt, receivedAt);
        }
        catch (GenieLoadException e)
        {
            return CallAttempt.Failed(ApiFailure.WithoutToken(e));
        }
        catch (Exception e) when (CallFault.Of(e, stop) is ApiFailure fault)
        {
            return CallAttempt.Failed(fault with
            {
                NotSent = !answered && (fault.NotSent || request.Content is TrackedContent { Started: false }), Answered = answered,
            });
        }
        finally
        {
            response?.Dispose();
        }
    }

    private HttpRequestMessage RequestOf(HttpCall call)
    {
        // The type is spelled out: new(...) beside a StreamRequest would be one too.
        HttpRequestMessage request = call.IsStream
            ? new StreamRequest(call.Method, call.Address)
            : new HttpRequestMessage(call.Method, call.Address);
        request.Content = call.Content is null ? null : new TrackedContent(call.Content());
        foreach ((string name, string value) in call.Headers)
        {
            // A few are headers of the body (Content-Type) and may be set in one place only.
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        foreach ((string name, string value) in options.Headers)
        {
            if (!request.Headers.NonValidated.Contains(name))
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private CallAttempt Answer(AnswerBody body, Func<ReadOnlyMemory<byte>, object>? read, long sentAt, long receivedAt)
    {
        try
        {
            return body.IsCut
                ? CallAttempt.Failed(AnswerFault.TooLarge(options.LongestAnswer) with { Answered = true })
                : new CallAttempt { Value = read?.Invoke(body.Bytes), Body = body.Bytes, SentAt = sentAt, ReceivedAt = receivedAt };
        }
        catch (JsonException e)
        {
            return CallAttempt.Failed(AnswerFault.Unreadable(body.Bytes.ToArray(), e) with { Answered = true });
        }
    }

    private static ApiFailure Refusal(HttpCall call, ApiFailure failure, AuthenticationHeaderValue? shown) => failure with
    {
        TokenRenewable = failure.TokenRefused && shown is not null && call.Authorization?.Refused(shown) == true,
    };

    /// <summary>One attempt has its own limit and never outlives the policy's deadline.</summary>
    private double AttemptLimit(CallPolicy policy)
    {
        if (policy.Deadline is not long deadline)
            return options.AttemptSeconds;
        double left = time.GetElapsedTime(time.GetTimestamp(), deadline).TotalSeconds;
        return Math.Clamp(left, 0.001, options.AttemptSeconds);
    }
}
