using System.Globalization;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Http.Retries;

/// <summary>
/// Makes attempts at a call until one succeeds or the call is given up. Whether a failure is tried again, <see cref="RetryRules"/> say, and
/// <see cref="RetryWait"/> says when; every retry is logged and recorded, and no wait outlives the policy's deadline.
/// </summary>
internal sealed class RetryLoop(RetryOptions options, TimeProvider time, ILogger log, Func<ApiFailure, bool>? willRepeat = null)
{
    private const string RunIsEnding = "the run ends, and it is not tried again";

    /// <summary>Runs the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="policy">What it keeps to.</param>
    /// <param name="attempt">Makes one attempt, after the failure of the one before.</param>
    /// <param name="stop">Ends attempts and waits at once, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task<CallAttempt> RunAsync(
        HttpCall call, CallPolicy policy, Func<ApiFailure?, CancellationToken, Task<CallAttempt>> attempt, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        CallAttempt made = await attempt(null, stop).ConfigureAwait(false);
        for (int retry = 0; ; retry++)
        {
            policy.Record.Ended(call, made.Failure, made.Value is OpenAnswer);
            if (made.Failure is not ApiFailure failure)
                return made;
            TimeSpan wait = Decide(call, policy, failure, retry, stop);
            await WaitAsync(call, policy, failure, retry, wait, stop).ConfigureAwait(false);
            made = await attempt(failure, stop).ConfigureAwait(false);
        }
    }

    /// <summary>How long to wait before the next attempt.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    private TimeSpan Decide(HttpCall call, CallPolicy policy, ApiFailure failure, int retry, CancellationToken stop)
    {
        if (!RetryRules.MayRetry(call, failure, options.ResendAmbiguous) || willRepeat?.Invoke(failure) == true)
            throw GivenUp(call, failure, null);
        if (retry >= options.MaximumRetries)
        {
            throw GivenUp(call, failure, options.MaximumRetries == 0
                ? null
                : $"given up after {options.MaximumRetries} {(options.MaximumRetries == 1 ? "retry" : "retries")}");
        }
        if (stop.IsCancellationRequested || (call.IsSubmission && policy.NoMore.IsCancellationRequested))
            throw AtEndOfRun(call, failure);
        if (failure.RetryAfterSeconds > options.RetryAfterLimitSeconds)
        {
            throw GivenUp(call, failure, FormattableString.Invariant(
                $"Retry-After asked for {failure.RetryAfterSeconds:0.#} s, more than the limit of {options.RetryAfterLimitSeconds:0.#} s"));
        }
        double wait = RetryWait.Seconds(options, retry, failure.RetryAfterSeconds, policy.Random);
        long now = time.GetTimestamp();
        // What taking turns adds belongs to the wait for the failure.
        if (call.IsSubmission && policy.Turn is not null)
        {
            long due = now + (long)(wait * time.TimestampFrequency);
            wait = time.GetElapsedTime(now, policy.Turn(due, policy.Deadline ?? long.MaxValue)).TotalSeconds;
        }
        if (policy.Deadline is long deadline && time.GetElapsedTime(now, deadline).TotalSeconds is double left && wait >= left)
        {
            throw GivenUp(call, failure, FormattableString.Invariant(
                $"the next try was due in {wait:0.#} s, and only {Math.Max(0, left):0.#} s were left"));
        }
        return TimeSpan.FromSeconds(wait);
    }

    private async Task WaitAsync(HttpCall call, CallPolicy policy, ApiFailure failure, int retry, TimeSpan wait, CancellationToken stop)
    {
        bool throttled = failure.Kind == FailureKind.Throttled;
        string asked = failure.RetryAfterSeconds is double seconds ? FormattableString.Invariant($", Retry-After {seconds:0.#} s") : "";
        long begin = time.GetTimestamp();
        policy.Record.Retrying(throttled);
        if (throttled)
            policy.ThrottleChanged?.Invoke(true);
        log.Log(
            policy.IsWaitedFor ? LogLevel.Warning : LogLevel.Information,
            "{Caller}: retry {Attempt} of {Most} of {Call} in {Wait} s after {ErrorType} ({Reason}){Asked}",
            policy.Caller, retry + 1, options.MaximumRetries, call.Name, wait.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            failure.ErrorType, failure.HttpStatus is int status ? $"HTTP {status}" : failure.Message, asked);
        // The end of the run breaks off a submission's wait for its next try, never a try that is on its way.
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(
            stop, call.IsSubmission ? policy.NoMore : CancellationToken.None);
        try
        {
            await Task.Delay(wait, time, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw AtEndOfRun(call, failure);
        }
        finally
        {
            // A wait that was broken off counts for as long as it lasted.
            policy.Record.Slept(begin, time.GetTimestamp(), throttled);
            if (throttled)
                policy.ThrottleChanged?.Invoke(false);
        }
    }

    private ApiException GivenUp(HttpCall call, ApiFailure failure, string? because) => new(call.Name, failure, because)
    {
        IsAmbiguous = call.IsSubmission && failure.FateUnknown,
        AskedForTooLongAWait = failure.RetryAfterSeconds > options.RetryAfterLimitSeconds,
    };

    // What may have been accepted is not to be asked again when the run is gone on with.
    private static ApiException AtEndOfRun(HttpCall call, ApiFailure failure) => new(call.Name, failure, RunIsEnding)
    {
        IsAmbiguous = call.IsSubmission && failure.FateUnknown,
        BecauseRunEnds = !(call.IsSubmission && failure.FateUnknown),
    };
}
