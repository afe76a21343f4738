using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Http.Retries;

/// <summary>What becomes of a call that fails again and again: how long it waits, when it is given up, and in which words.</summary>
public sealed class RetryLoopTests
{
    private static readonly HttpCall Post = new("Ask", HttpMethod.Post, new Uri("https://workspace.example")) { IsSubmission = true };
    private static readonly HttpCall Get = Post with { IsSubmission = false, IsRepeatable = true };
    private static readonly ApiFailure Throttled = new(FailureKind.Throttled, "REQUEST_LIMIT_EXCEEDED", "slow down") { HttpStatus = 429 };
    private static readonly ApiFailure Broken = new(FailureKind.Transport, "TRANSPORT", "no route");
    private static readonly RetryOptions Plain = new() { JitterSeconds = 0, JitterShare = 0 };

    private readonly FakeTimeProvider _time = new();
    private readonly Lines _log = new();
    private readonly List<bool> _throttling = [];
    private readonly List<double> _tries = [];

    [Fact]
    public async Task A_call_waits_longer_after_each_failure_and_tells_of_it()
    {
        CallPolicy policy = Policy(isWaitedFor: true);

        await Run(Get, policy, Plain, Throttled, Broken, Throttled with { RetryAfterSeconds = 7 });

        Assert.Equal([0, 1, 3, 10], _tries);
        Assert.Equal([true, false, true, false], _throttling);
        Assert.Equal((2, 1), (policy.Record.ThrottleRetries, policy.Record.FaultRetries));
        Assert.Equal([true, false, true], policy.Record.Sleeps.Select(sleep => sleep.Throttled));
        Assert.Equal(
            [
                "Warning: Question 7: retry 1 of 5 of Ask in 1.00 s after REQUEST_LIMIT_EXCEEDED (HTTP 429)",
                "Warning: Question 7: retry 2 of 5 of Ask in 2.00 s after TRANSPORT (no route)",
                "Warning: Question 7: retry 3 of 5 of Ask in 7.00 s after REQUEST_LIMIT_EXCEEDED (HTTP 429), Retry-After 7 s",
            ],
            _log.Written);
    }

    [Fact]
    public async Task Nobody_waits_for_most_calls_so_their_retries_are_information()
    {
        await Run(Get, Policy(), Plain, Throttled);

        Assert.StartsWith("Information: ", Assert.Single(_log.Written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "slow down")]
    [InlineData(1, "slow down (given up after 1 retry)")]
    [InlineData(2, "slow down (given up after 2 retries)")]
    public async Task It_is_given_up_after_so_many_retries(int most, string message)
    {
        ApiException error = await Fails(Get, Policy(), Plain with { MaximumRetries = most }, Throttled, Throttled, Throttled);

        Assert.Equal(message, error.Message);
        Assert.Equal(most + 1, _tries.Count);
        Assert.False(error.AskedForTooLongAWait);
    }

    [Fact]
    public async Task A_wait_of_the_limit_is_waited_for_and_a_longer_one_is_not()
    {
        await Run(Get, Policy(), Plain, Throttled with { RetryAfterSeconds = 120 });
        Assert.Equal([0, 120], _tries);

        ApiException error = await Fails(Get, Policy(), Plain, Throttled with { RetryAfterSeconds = 120.5 });

        Assert.Equal("slow down (Retry-After asked for 120.5 s, more than the limit of 120 s)", error.Message);
        Assert.True(error.AskedForTooLongAWait);
    }

    // The next try is due in a second; at the deadline itself there is no time left for it.
    [Theory]
    [InlineData(1.5, true)]
    [InlineData(1, false)]
    [InlineData(0.5, false)]
    public async Task A_try_that_is_due_before_the_deadline_is_made(double seconds, bool isMade)
    {
        CallPolicy policy = Policy(deadline: seconds);

        if (isMade)
            await Run(Get, policy, Plain, Throttled);
        else
            Assert.Contains($"due in 1 s, and only {seconds:0.#} s were left", (await Fails(Get, policy, Plain, Throttled)).Message);

        Assert.Equal(isMade ? 2 : 1, _tries.Count);
    }

    [Fact]
    public async Task A_submission_waits_for_its_turn_and_another_call_has_none()
    {
        List<(double Due, long Deadline)> asked = [];
        CallPolicy policy = Policy(turn: (due, deadline) =>
        {
            asked.Add((due / (double)_time.TimestampFrequency, deadline));
            return due + (3 * _time.TimestampFrequency);
        });
        double begin = _time.GetTimestamp() / (double)_time.TimestampFrequency;

        await Run(Post, policy, Plain, Throttled);
        await Run(Get, policy, Plain, Throttled);

        Assert.Equal([0, 4, 0, 1], _tries);
        Assert.Equal((begin + 1, long.MaxValue), Assert.Single(asked));
    }

    [Fact]
    public async Task The_end_of_the_run_ends_tries_of_submissions_alone()
    {
        using var noMore = new CancellationTokenSource();
        await noMore.CancelAsync();

        ApiException error = await Fails(Post, Policy(noMore: noMore.Token), Plain, Throttled);
        await Run(Get, Policy(noMore: noMore.Token), Plain, Throttled);

        Assert.Equal("slow down (the run ends, and it is not tried again)", error.Message);
        Assert.True(error.BecauseRunEnds);
        Assert.False(error.IsAmbiguous);
    }

    [Fact]
    public async Task What_may_have_been_accepted_is_ambiguous_and_not_tried_again()
    {
        ApiException error = await Fails(Post, Policy(), Plain, Broken);

        Assert.True(error.IsAmbiguous);
        Assert.False(error.BecauseRunEnds);
        Assert.Single(_tries);

        // On request it is; when the run ends in between, it stays ambiguous.
        using var noMore = new CancellationTokenSource();
        await noMore.CancelAsync();
        error = await Fails(Post, Policy(noMore: noMore.Token), Plain with { ResendAmbiguous = true }, Broken);
        Assert.True(error.IsAmbiguous);
        Assert.False(error.BecauseRunEnds);
    }

    [Fact]
    public async Task What_is_to_be_answered_by_a_stream_is_not_tried_again_on_request_either()
    {
        RetryOptions resends = Plain with { ResendAmbiguous = true };

        await Run(Post, Policy(), resends, Broken);
        Assert.Equal(2, _tries.Count);
        ApiException error = await Fails(Post with { IsStream = true }, Policy(), resends, Broken);

        Assert.Single(_tries);
        Assert.True(error.IsAmbiguous);
    }

    [Fact]
    public async Task The_end_breaks_off_the_wait_of_a_submission()
    {
        using var noMore = new CancellationTokenSource();
        CallPolicy policy = Policy(noMore: noMore.Token);
        Task<CallAttempt> work = FakeClock.WithoutContext(() => Loop(Plain).RunAsync(Post, policy, Attempts(Throttled), default));

        _time.Advance(TimeSpan.FromSeconds(0.25));
        await noMore.CancelAsync();
        ApiException error = await Assert.ThrowsAsync<ApiException>(() => work.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.True(error.BecauseRunEnds);
        Sleep sleep = Assert.Single(policy.Record.Sleeps);
        Assert.Equal(0.25, (sleep.To - sleep.From) / (double)_time.TimestampFrequency, 9);
        Assert.Equal([true, false], _throttling);
    }

    [Fact]
    public async Task What_was_stopped_is_not_even_tried_and_a_failure_after_the_stop_is_the_end()
    {
        using var stop = new CancellationTokenSource();
        ApiException error = await Assert.ThrowsAsync<ApiException>(() => Loop(Plain).RunAsync(
            Get, Policy(), (_, _) =>
            {
                stop.Cancel();
                return Task.FromResult(CallAttempt.Failed(Throttled));
            },
            stop.Token));

        Assert.True(error.BecauseRunEnds);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Loop(Plain).RunAsync(Get, Policy(), Attempts(Throttled), stop.Token));
        Assert.Empty(_tries);
    }

    [Fact]
    public async Task What_would_be_repeated_elsewhere_is_not_repeated_here()
    {
        var loop = new RetryLoop(Plain, _time, _log, failure => failure.HttpStatus == 429);

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => loop.RunAsync(Get, Policy(), Attempts(Throttled), default));

        Assert.Equal("slow down", error.Message);
    }

    private RetryLoop Loop(RetryOptions options) => new(options, _time, _log);

    private Task<CallAttempt> Run(HttpCall call, CallPolicy policy, RetryOptions options, params ApiFailure[] failures) =>
        _time.Drive(() => Loop(options).RunAsync(call, policy, Attempts(failures), default));

    private async Task<ApiException> Fails(HttpCall call, CallPolicy policy, RetryOptions options, params ApiFailure[] failures)
    {
        _tries.Clear();
        return await Assert.ThrowsAsync<ApiException>(() => Run(call, policy, options, failures));
    }

    private Func<ApiFailure?, CancellationToken, Task<CallAttempt>> Attempts(params ApiFailure[] failures)
    {
        long begin = _time.GetTimestamp();
        int tries = 0;
        return (last, _) =>
        {
            Assert.Equal(tries == 0 ? null : failures[tries - 1], last);
            _tries.Add(_time.GetElapsedTime(begin).TotalSeconds);
            return Task.FromResult(tries++ < failures.Length ? CallAttempt.Failed(failures[tries - 1]) : new CallAttempt());
        };
    }

    private CallPolicy Policy(
        bool isWaitedFor = false, double? deadline = null, Func<long, long, long>? turn = null, CancellationToken noMore = default) =>
        new(new SeededRandom(1))
        {
            Question = 7, IsWaitedFor = isWaitedFor, Turn = turn, NoMore = noMore, ThrottleChanged = _throttling.Add,
            Deadline = deadline is { } seconds ? _time.GetTimestamp() + (long)(seconds * _time.TimestampFrequency) : null,
        };

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
