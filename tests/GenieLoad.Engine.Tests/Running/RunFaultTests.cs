using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>
/// A fault of our own, wherever it strikes, ends the run with its exception: it never hangs and never takes the process with it.
/// </summary>
public class RunFaultTests
{
    private static Plan Dialogue => SimulatedRun.Plan(12, 6, workers: 2, index => $"talk {index % 4}") with { QuestionsPerMinute = 90 };

    [Theory]
    [InlineData(nameof(IStopRule.Started))]
    [InlineData(nameof(IStopRule.Finished))]
    [InlineData(nameof(IStopRule.Progressed))]
    public async Task A_rule_that_throws_stops_the_run_and_what_it_threw_comes_out(string where)
    {
        List<QuestionResult> kept = [];
        var other = new CountingRule();

        InvalidTimeZoneException e = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => SimulatedRun.Of(
            SimulatedRun.Plan(60, 60, workers: 5), new SimulatorOptions { LatencySpread = 0 }, whenFinished: kept.Add,
            rules: [new BrokenRule(where, 10), other]));

        Assert.Equal("the rule is broken", e.Message);
        Assert.InRange(kept.Count(row => row.Success), where == nameof(IStopRule.Progressed) ? 0 : 3, 30);
        Assert.InRange(kept.Count, 1, 30);
        Assert.Equal(kept.Count, kept.DistinctBy(row => row.Index).Count());
        // The rules after it were asked all the same.
        Assert.Equal(kept.Count, other.Finished);
    }

    [Fact]
    public async Task An_observer_that_fails_at_the_last_report_is_heard()
    {
        var time = new FakeTimeProvider();
        IOException e = await Assert.ThrowsAsync<IOException>(() => Run(time, time, new Observer { LastReportFails = true }));

        Assert.Equal("nowhere to show it", e.Message);
    }

    /// <summary>The clock fails once, at each of its calls in turn: whatever waits or counts at that moment meets the fault.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wherever_the_clock_fails_the_run_comes_to_its_end(bool atTimers)
    {
        int hit = 0;
        for (int call = 0; call < 200; call += call < 20 ? 1 : 23)
        {
            var beneath = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
            var clock = new FailingClock(beneath, atTimers ? call : -1, atTimers ? -1 : call);
            Exception? end = await Record.ExceptionAsync(() => Run(beneath, clock, new Observer()));
            Assert.True(end is null or TimeZoneNotFoundException, $"call {call}: {end}");
            hit += end is null ? 0 : 1;
        }
        Assert.True(hit > 5, $"Only {hit} of the faults came out.");
    }

    [Fact]
    public async Task A_callback_that_throws_on_the_pacing_thread_is_told_and_the_thread_goes_on()
    {
        using var clock = new PacingClock();
        var told = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable listener = clock.OnFault(e => told.TrySetResult(e));
        await using ITimer broken = clock.CreateTimer(
            _ => throw new InvalidTimeZoneException("no"), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        Assert.IsType<InvalidTimeZoneException>(await told.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await Task.Delay(TimeSpan.FromMilliseconds(1), clock).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_callback_that_throws_on_the_pacing_thread_stops_the_run()
    {
        using var clock = new PacingClock();
        var observer = new Observer
        {
            WhenStarted = () => clock.CreateTimer(
                _ => throw new TimeZoneNotFoundException("no"), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan),
        };

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(
            () => CarryOut(TimeProvider.System, clock, observer, SimulatedRun.Plan(3, 0, 1)).WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Whoever_throws_on_hearing_that_the_run_ends_keeps_it_from_nobody()
    {
        var time = new FakeTimeProvider();
        using var controller = new StopController(time);
        controller.NoMore.Register(() => throw new InvalidTimeZoneException("no"));
        controller.Cut.Register(() => throw new InvalidTimeZoneException("neither"));

        controller.Apply(new StopOrder(StopCause.User, "Stopped.", GraceSeconds: 5));

        Assert.True(controller.NoMore.IsCancellationRequested);
        Assert.IsType<InvalidTimeZoneException>(Assert.IsType<AggregateException>(controller.Fault).InnerException);
        // The fault leaves no grace.
        Assert.True(controller.Cut.IsCancellationRequested);
    }

    [Fact]
    public void The_end_of_a_grace_that_somebody_meets_with_an_exception_does_not_throw_on_the_timer()
    {
        var time = new FakeTimeProvider();
        using var controller = new StopController(time);
        controller.Cut.Register(() => throw new InvalidTimeZoneException("no"));
        controller.Apply(new StopOrder(StopCause.User, "Stopped.", GraceSeconds: 5));

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.IsType<AggregateException>(controller.Fault);
    }

    private static Task Run(FakeTimeProvider beneath, TimeProvider clock, Observer observer) =>
        beneath.Drive(() => CarryOut(beneath, clock, observer, Dialogue));

    private static async Task CarryOut(TimeProvider simulated, TimeProvider clock, Observer observer, Plan plan)
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { LatencySpread = 0 }, simulated);
        using var client = new GenieApiClient(
            simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), clock,
            handler: simulator.CreateHandler());
        var connection = new RunConnection { Name = "simulated", WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId };
        await new LoadTestOrchestrator([new RunTarget(connection, client)], plan, new LoadTestOptions(), observer)
            .RunAsync(new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc), null, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed class BrokenRule(string where, int from) : IStopRule
    {
        private int _count;

        public StopOrder? Started(int count) => At(nameof(Started));

        public StopOrder? Finished(QuestionResult result) => At(nameof(Finished));

        public StopOrder? Progressed(RunProgress progress) => At(nameof(Progressed));

        private StopOrder? At(string place) =>
            place == where && Interlocked.Increment(ref _count) >= from ? throw new InvalidTimeZoneException("the rule is broken") : null;
    }

    private sealed class CountingRule : IStopRule
    {
        private int _finished;

        public int Finished => _finished;

        StopOrder? IStopRule.Finished(QuestionResult result)
        {
            // Questions that are broken off come to their ends side by side.
            Interlocked.Increment(ref _finished);
            return null;
        }
    }

    private sealed class Observer : IRunObserver
    {
        public bool LastReportFails { get; init; }

        public Action? WhenStarted { get; init; }

        public ValueTask OnStarted(int index, double offsetSeconds)
        {
            WhenStarted?.Invoke();
            return default;
        }

        public void OnAccepted(int index, string conversationId, string messageId)
        {
        }

        public void OnFinished(QuestionResult result, QuestionResponses responses)
        {
        }

        public void OnProgress(RunProgress progress)
        {
            if (LastReportFails && progress.Done == progress.Planned)
                throw new IOException("nowhere to show it");
        }
    }

    /// <summary>Fails at one call.</summary>
    private sealed class FailingClock(FakeTimeProvider beneath, int atTimer, int atTimestamp) : TimeProvider
    {
        private int _timers;
        private int _timestamps;

        public override long TimestampFrequency => beneath.TimestampFrequency;

        public override long GetTimestamp() => Interlocked.Increment(ref _timestamps) - 1 == atTimestamp
            ? throw new TimeZoneNotFoundException("the clock is broken")
            : beneath.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => beneath.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Interlocked.Increment(ref _timers) - 1 == atTimer
                ? throw new TimeZoneNotFoundException("the clock is broken")
                : beneath.CreateTimer(callback, state, dueTime, period);
    }
}
