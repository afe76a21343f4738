using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Retries;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Sends calls and tries them again by the same rules as the calls to Genie: 429 and 5xx and network faults, with the same waits.
/// </summary>
internal sealed class MlflowTransport : IDisposable
{
    private static readonly ResiliencePropertyKey<MlflowCall> StateKey = new("call");

    private readonly HttpClient _http;
    private readonly MlflowSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SeededRandom _random;
    private readonly ResiliencePipeline<Attempt> _pipeline;

    public MlflowTransport(HttpMessageHandler handler, MlflowSettings settings, TimeProvider time, ILogger log)
    {
        _http = MlflowHttp.CreateClient(handler);
        _settings = settings;
        _time = time;
        _log = log;
        _random = new SeededRandom((ulong)time.GetTimestamp());
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        if (settings.Retry.MaximumRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = settings.Retry.MaximumRetries,
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Context, args.Outcome.Result.Failure)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Wait(args.AttemptNumber, args.Outcome.Result.Failure!)),
                OnRetry = args => LogRetry(args.Context, args.Outcome.Result.Failure!, args.RetryDelay),
                MaxDelay = null,
            });
        }
        _pipeline = builder.Build();
    }

    /// <summary>Clock of all waiting.</summary>
    public TimeProvider Time => _time;

    /// <summary>Sends a call until it succeeds or is given up.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="MlflowCallException">It was given up.</exception>
    public async Task<byte[]> SendAsync(MlflowCall call, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(StateKey, call);
        try
        {
            Attempt last = await _pipeline.ExecuteAsync(
                static async (c, s) => await s.Owner.TryAsync(s.Call, c.CancellationToken).ConfigureAwait(false),
                context, (Owner: this, Call: call)).ConfigureAwait(false);
            return last.Failure is null ? last.Body : throw new MlflowCallException(last.Failure);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Attempt> TryAsync(MlflowCall call, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(call.Method, call.Uri) { Content = call.Content?.Invoke() };
        foreach ((string name, string value) in call.Headers)
        {
            // A few are headers of the body (Content-Type) and may be set in one place only.
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(_settings.TimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (call.Authorize is not null)
                request.Headers.Authorization = await call.Authorize(either.Token).ConfigureAwait(false);
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return new Attempt(body, response.IsSuccessStatusCode ? null : ApiTransport.FailureOf(response, body, _time.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt([], new ApiFailure(FailureKind.Transport, "TRANSPORT_TIMEOUT", "No answer in time"));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            string text = $"the answer to {call.Uri.AbsolutePath} is longer than {MlflowHttp.LongestAnswerBytes / (1024 * 1024)} MB";
            return new Attempt([], new ApiFailure(FailureKind.Transport, "TRANSPORT_LIMIT", text) { Exception = e });
        }
        catch (HttpRequestException e)
        {
            return new Attempt([], ApiTransport.Broken(e, notSent: false));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return new Attempt([], new ApiFailure(FailureKind.Transport, "TRANSPORT_RESET", e.Message) { Exception = e });
        }
    }

    private bool ShouldRetry(ResilienceContext context, ApiFailure? failure)
    {
        if (failure is null || failure.RetryAfterSeconds > _settings.Retry.RetryAfterLimitSeconds)
            return false;
        // A server without workspaces, or without a file store, says so with a 500: asking again will not help.
        bool passes = failure.ErrorType is not ("FEATURE_DISABLED" or "TRANSPORT_TLS" or "TRANSPORT_LIMIT")
            && (failure.Kind != FailureKind.Rejected || failure.HttpStatus == 408);
        return passes && (CallOf(context).IsRepeatable || failure.Kind == FailureKind.Throttled || failure.NotSent);
    }

    private TimeSpan Wait(int attempt, ApiFailure failure)
    {
        // Several nested runs are written at a time; the numbers are drawn by one after the other.
        lock (_random)
            return TimeSpan.FromSeconds(RetryWait.Seconds(_settings.Retry, attempt, failure.RetryAfterSeconds, _random));
    }

    private ValueTask LogRetry(ResilienceContext context, ApiFailure failure, TimeSpan wait)
    {
        _log.LogInformation(
            "MLflow: {Method} {Path} is tried again in {Wait} s after {ErrorType}",
            CallOf(context).Method, CallOf(context).Uri.AbsolutePath,
            wait.TotalSeconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), failure.ErrorType);
        return ValueTask.CompletedTask;
    }

    private static MlflowCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(StateKey, out MlflowCall? call) ? call : throw new InvalidOperationException("No call in the context.");

    private readonly record struct Attempt(byte[] Body, ApiFailure? Failure);
}
