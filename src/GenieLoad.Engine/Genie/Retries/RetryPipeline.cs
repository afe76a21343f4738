using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GenieLoad.Engine.Genie.Retries;

/// <summary>
/// Runs a call with its retries, by Polly. Every retry is decided by <see cref="RetryRules"/>, timed by <see cref="RetryWait"/>, logged, and
/// booked in the call's ledger; a wait never outlives the question's deadline.
/// </summary>
internal sealed class RetryPipeline
{
    private const string RunIsEnding = "the run ends, and it is not tried again";
    private static readonly ResiliencePropertyKey<CallState> StateKey = new("call");

    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<ApiAttempt> _pipeline;

    public RetryPipeline(RetryOptions options, TimeProvider time, ILogger log)
    {
        _options = options;
        _time = time;
        _log = log;
        var builder = new ResiliencePipelineBuilder<ApiAttempt> { TimeProvider = time };
        if (options.MaximumRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<ApiAttempt>
            {
                MaxRetryAttempts = options.MaximumRetries,
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Context, args.Outcome, args.AttemptNumber)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(State(args.Context).Wait),
                OnRetry = args => BeginWait(State(args.Context), args.AttemptNumber),
                // What Polly would draw is not used: the wait comes from DelayGenerator.
                UseJitter = false,
                MaxDelay = null,
            });
        }
        _pipeline = builder.Build();
    }

    /// <summary>Runs the call until it succeeds or is given up.</summary>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task<ApiAttempt> RunAsync(
        ApiCall call, CallLedger ledger, Func<ApiCall, CallLedger, CancellationToken, Task<ApiAttempt>> attempt,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ApiAttempt first = await attempt(call, ledger, cancellationToken).ConfigureAwait(false);
        Ended(first, call, ledger);
        // Nearly every call succeeds at once and has nothing to decide; the pipeline is gone through for the others.
        if (first.Failure is not ApiFailure failure)
            return first;
        // Where the run has ended meanwhile, the pipeline would break off before it looked at what came of the attempt.
        if (cancellationToken.IsCancellationRequested || (call.AsksQuestion && ledger.NoMore.IsCancellationRequested))
            throw AtEndOfRun(failure, call, ledger);
        return await RetryAsync(first, call, ledger, attempt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As long as nobody knows whether a question was accepted, it is under way.</summary>
    private static void Ended(ApiAttempt attempt, ApiCall call, CallLedger ledger)
    {
        if (attempt.Failure is null || !RetryRules.IsAmbiguous(call.Operation, attempt.Failure))
            ledger.Ended();
    }

    private ApiException AtEndOfRun(ApiFailure failure, ApiCall call, CallLedger ledger)
    {
        ledger.Failed(failure);
        bool goesOn = _options.MaximumRetries > 0 && RetryRules.MayRetry(call, failure, resendAmbiguous: false);
        return new ApiException(call.Operation, failure, goesOn ? RunIsEnding : null) { BecauseRunEnds = goesOn };
    }

    private async Task<ApiAttempt> RetryAsync(
        ApiAttempt first, ApiCall call, CallLedger ledger, Func<ApiCall, CallLedger, CancellationToken, Task<ApiAttempt>> attempt,
        CancellationToken cancellationToken)
    {
        var state = new CallState(call, ledger) { Made = first };
        // The end of the run breaks off a question's wait for its next try, never a try that is on its way.
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, call.AsksQuestion ? ledger.NoMore : CancellationToken.None);
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, wait.Token);
        context.Properties.Set(StateKey, state);
        try
        {
            ApiAttempt last = await _pipeline.ExecuteAsync(
                async (c, s) =>
                {
                    s.State.EndWait(s.Owner._time.GetTimestamp());
                    if (s.State.TakeMade() is ApiAttempt made)
                        return made;
                    ApiAttempt next = await s.Attempt(s.State.Call, s.State.Ledger, s.Stop).ConfigureAwait(false);
                    Ended(next, s.State.Call, s.State.Ledger);
                    return next;
                },
                context, (Owner: this, State: state, Attempt: attempt, Stop: cancellationToken)).ConfigureAwait(false);
            if (last.Failure is not ApiFailure failure)
                return last;
            ledger.Failed(failure);
            throw new ApiException(call.Operation, failure, state.GaveUpBecause ?? OutOfRetries(call, failure))
            {
                AskedForTooLongAWait = failure.RetryAfterSeconds > _options.RetryAfterLimitSeconds,
                BecauseRunEnds = state.RunEnds,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && state.Failure is not null)
        {
            throw new ApiException(call.Operation, state.Failure, RunIsEnding)
            {
                BecauseRunEnds = !RetryRules.IsAmbiguous(call.Operation, state.Failure),
            };
        }
        finally
        {
            // A wait that was broken off counts for as long as it lasted.
            state.EndWait(_time.GetTimestamp());
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private string? OutOfRetries(ApiCall call, ApiFailure failure) =>
        _options.MaximumRetries > 0 && RetryRules.MayRetry(call, failure, _options.ResendAmbiguous)
            ? $"given up after {_options.MaximumRetries} {(_options.MaximumRetries == 1 ? "retry" : "retries")}"
            : null;

    private static CallState State(ResilienceContext context) =>
        context.Properties.TryGetValue(StateKey, out CallState? state) ? state : throw new InvalidOperationException("No call in the context.");

    private bool ShouldRetry(ResilienceContext context, Outcome<ApiAttempt> outcome, int attemptNumber)
    {
        // The last attempt's failure is asked about too; there is nothing left to decide then.
        if (outcome.Result?.Failure is not ApiFailure failure || attemptNumber >= _options.MaximumRetries)
            return false;
        CallState state = State(context);
        if (!RetryRules.MayRetry(state.Call, failure, _options.ResendAmbiguous))
            return false;
        if (failure.RetryAfterSeconds > _options.RetryAfterLimitSeconds)
        {
            state.GaveUpBecause = FormattableString.Invariant(
                $"Retry-After asked for {failure.RetryAfterSeconds:0.#} s, more than the limit of {_options.RetryAfterLimitSeconds:0.#} s");
            return false;
        }
        if (state.Call.AsksQuestion && state.Ledger.NoMore.IsCancellationRequested)
        {
            state.GaveUpBecause = RunIsEnding;
            // One that may have been accepted is not to be asked again when the run is gone on with.
            state.RunEnds = !RetryRules.IsAmbiguous(state.Call.Operation, failure);
            return false;
        }
        double wait = RetryWait.Seconds(_options, attemptNumber, failure.RetryAfterSeconds, state.Ledger.Random);
        // A question sent again counts like any other, so it takes its turn among them; what that adds belongs to the sleep for the failure.
        if (state.Call.AsksQuestion && state.Ledger.Pacer is QuestionPacer pacer)
            wait = PacedWait(pacer, wait, state.Ledger.Deadline);
        if (state.Ledger.Deadline is long deadline && _time.GetElapsedTime(_time.GetTimestamp(), deadline).TotalSeconds is double left && wait >= left)
        {
            state.GaveUpBecause = FormattableString.Invariant(
                $"the next try was due in {wait:0.#} s, and only {Math.Max(0, left):0.#} s were left");
            return false;
        }
        state.Failure = failure;
        state.Wait = TimeSpan.FromSeconds(wait);
        return true;
    }

    private double PacedWait(QuestionPacer pacer, double wait, long? deadline)
    {
        long now = _time.GetTimestamp();
        pacer.TryTake(now + (long)(wait * _time.TimestampFrequency), deadline ?? long.MaxValue, out long granted);
        return _time.GetElapsedTime(now, granted).TotalSeconds;
    }

    private ValueTask BeginWait(CallState state, int attemptNumber)
    {
        ApiFailure failure = state.Failure!;
        state.BeginWait(_time.GetTimestamp());
        string asked = failure.RetryAfterSeconds is double seconds ? FormattableString.Invariant($", Retry-After {seconds:0.#} s") : "";
        _log.LogInformation(
            "{Caller}: retry {Attempt} of {Most} of {Operation} in {Wait} s after {ErrorType} ({Reason}){Asked}",
            state.Ledger.Caller, attemptNumber + 1, _options.MaximumRetries, state.Call.Operation,
            state.Wait.TotalSeconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), failure.ErrorType,
            failure.HttpStatus is int status ? $"HTTP {status}" : failure.Message, asked);
        return ValueTask.CompletedTask;
    }

    private sealed class CallState(ApiCall call, CallLedger ledger)
    {
        private long? _waitingSince;

        public ApiCall Call { get; } = call;

        public CallLedger Ledger { get; } = ledger;

        public ApiFailure? Failure { get; set; }

        public TimeSpan Wait { get; set; }

        public string? GaveUpBecause { get; set; }

        public bool RunEnds { get; set; }

        /// <summary>The attempt that was made before the pipeline was asked; its first.</summary>
        public ApiAttempt? Made { get; set; }

        private bool Throttled => Failure is { Kind: FailureKind.Throttled };

        public ApiAttempt? TakeMade()
        {
            ApiAttempt? made = Made;
            Made = null;
            return made;
        }

        public void BeginWait(long now)
        {
            _waitingSince = now;
            Ledger.Failed(Failure!);
            Ledger.Retrying(Throttled);
            if (Throttled)
                Ledger.ThrottleChanged?.Invoke(true);
        }

        public void EndWait(long now)
        {
            if (_waitingSince is not long since)
                return;
            Ledger.Slept(since, now, Throttled);
            _waitingSince = null;
            if (Throttled)
                Ledger.ThrottleChanged?.Invoke(false);
        }
    }
}
