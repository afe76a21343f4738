using System.Diagnostics;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>The one part of a run that is about real time, and so is tested in it.</summary>
public sealed class PacingClockTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PacingClock _clock = new();

    private static long InAnHour => Stopwatch.GetTimestamp() + (3600 * Stopwatch.Frequency);

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Waits_end_in_order_on_one_thread_and_none_too_early()
    {
        long start = Stopwatch.GetTimestamp();
        double Now() => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var ends = new List<(double EarliestDue, double LatestDue, double Ended, int Thread)>();
        async Task Wait(int milliseconds)
        {
            // On a busy machine a moment passes until the clock has taken the wait.
            double before = Now();
            Task wait = Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _clock);
            double after = Now();
            await wait.ConfigureAwait(false);
            ends.Add((before + milliseconds, after + milliseconds, Now(), Environment.CurrentManagedThreadId));
        }

        await Task.WhenAll(new[] { 300, 100, 200, 400, 105 }.Select(Wait)).WaitAsync(Patience);

        Assert.Equal(5, ends.Count);
        Assert.All(ends.Index(), one => Assert.DoesNotContain(ends.Skip(one.Index + 1), later => later.LatestDue < one.Item.EarliestDue));
        Assert.Single(ends.Select(end => end.Thread).Distinct());
        Assert.All(ends, end => Assert.True(end.Ended >= end.EarliestDue, $"Due after {end.EarliestDue} ms, ended after {end.Ended}"));
    }

    [Fact]
    public async Task Waits_for_instants_within_one_millisecond_end_in_their_order_and_none_too_early()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        await using ITimer hold = _clock.CreateTimer(
            _ =>
            {
                entered.Set();
                leave.Wait(Patience);
            },
            null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(entered.Wait(Patience));
        var ends = new List<(long Due, long Ended)>();
        async Task Wait(long due)
        {
            await _clock.WaitUntilAsync(due, CancellationToken.None).ConfigureAwait(false);
            ends.Add((due, Stopwatch.GetTimestamp()));
        }
        long due = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 50);
        long[] dues = [.. new[] { 7, 2, 9, 4 }.Select(tenths => due + (tenths * Stopwatch.Frequency / 10_000))];

        Task all = Task.WhenAll(dues.Select(Wait));
        leave.Set();
        await all.WaitAsync(Patience);

        Assert.Equal(dues.Order(), ends.Select(end => end.Due));
        Assert.All(ends, end => Assert.True(end.Ended >= end.Due, $"Due at {end.Due}, ended at {end.Ended}"));
    }

    [Fact]
    public async Task A_wait_for_an_instant_that_is_called_off_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        Task wait = _clock.WaitUntilAsync(Stopwatch.GetTimestamp() + (3600 * Stopwatch.Frequency), stop.Token);
        Assert.False(wait.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_timer_repeats_until_it_is_disposed_and_then_is_over_for_good()
    {
        var third = new TaskCompletionSource();
        int ticks = 0;
        ITimer timer = _clock.CreateTimer(
            _ =>
            {
                if (++ticks == 3)
                    third.SetResult();
            },
            null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        await third.Task.WaitAsync(Patience);

        await timer.DisposeAsync();
        int after = ticks;
        await Task.Delay(TimeSpan.FromMilliseconds(30), _clock);

        Assert.Equal(after, ticks);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task Disposing_waits_for_the_callback_that_runs_unless_the_callback_itself_disposes()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        ITimer slow = _clock.CreateTimer(
            _ =>
            {
                entered.Set();
                leave.Wait(Patience);
            },
            null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(entered.Wait(Patience));

        Task disposed = slow.DisposeAsync().AsTask();
        Assert.False(disposed.IsCompleted);
        leave.Set();
        await disposed.WaitAsync(Patience);

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        ITimer own = null!;
        own = _clock.CreateTimer(
            _ => done.SetResult(own.DisposeAsync().AsTask().IsCompleted), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        own.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(await done.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Lateness_is_counted_from_the_instant_that_was_due()
    {
        _clock.BeginCount();
        using var leave = new ManualResetEventSlim();
        // What holds the thread makes the next one late, and that is to be seen.
        await using ITimer holdUp = _clock.CreateTimer(
            _ => leave.Wait(TimeSpan.FromMilliseconds(50)), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await Task.Delay(TimeSpan.FromMilliseconds(5), _clock).WaitAsync(Patience);

        TimerLateness late = _clock.ReadCount();

        Assert.Equal(2, late.Count);
        Assert.InRange(late.MaximumSeconds, 0.03, 30);
        Assert.True(late.P50Seconds <= late.P99Seconds && late.P99Seconds <= late.MaximumSeconds);
    }

    [Fact]
    public void Waits_between_polls_end_together_and_no_others_do()
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan poll = TimeSpan.FromSeconds(2);
        TimeSpan End(TimeSpan from, TimeSpan wait) =>
            Stopwatch.GetElapsedTime(now, PacingClock.Gathered(now + (long)(from.TotalSeconds * Stopwatch.Frequency), wait));

        TimeSpan[] ends = [.. Enumerable.Range(0, 100).Select(i => End(TimeSpan.FromMilliseconds(i), poll) - TimeSpan.FromMilliseconds(i))];
        Assert.All(ends, end => Assert.InRange(end.TotalSeconds, 2, 2.0500001));
        Assert.InRange(Enumerable.Range(0, 100).Select(i => End(TimeSpan.FromMilliseconds(i), poll)).Distinct().Count(), 2, 3);
        Assert.Equal(TimeSpan.FromSeconds(0.5), End(TimeSpan.Zero, TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public async Task A_wait_between_polls_ends_with_its_result_on_the_thread_of_the_clock()
    {
        foreach (bool result in new[] { true, false })
        {
            Task<Thread> ThreadAfter() => Task.Run(async () =>
            {
                Assert.Equal(result, await _clock.PollWaitAsync(TimeSpan.FromMilliseconds(20), result, default).ConfigureAwait(false));
                return Thread.CurrentThread;
            });
            long from = Stopwatch.GetTimestamp();
            Assert.Equal("GenieLoad pacing", (await ThreadAfter().WaitAsync(Patience)).Name);
            Assert.True(Stopwatch.GetElapsedTime(from) >= TimeSpan.FromMilliseconds(20));
        }
    }

    [Fact]
    public async Task A_wait_between_polls_that_is_stopped_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        Task<bool> wait = _clock.SleepAsync(new PacedSleep(true), InAnHour, stop.Token).AsTask();
        Assert.False(wait.IsCompleted);

        await stop.CancelAsync();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience));
        Assert.Equal(stop.Token, e.CancellationToken);
    }

    [Theory]
    [InlineData("ends")]
    [InlineData("stopped while it waits")]
    [InlineData("stopped while it begins")]
    public async Task A_wait_between_polls_that_is_over_is_held_neither_by_the_clock_nor_by_the_run(string how)
    {
        using var never = new CancellationTokenSource();
        WeakReference[] over = await Task.Run(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OverAsync())));

        for (int collection = 0; Held() > 10 && collection < 10; collection++)
            GC.Collect();

        // One or another may still be where a thread had it last.
        Assert.InRange(Held(), 0, 10);

        int Held() => over.Count(wait => wait.IsAlive);

        async Task<WeakReference> OverAsync()
        {
            using var own = new CancellationTokenSource();
            if (how == "stopped while it begins")
                await own.CancelAsync();
            bool ends = how == "ends";
            var sleep = new PacedSleep(true);
            Task<bool> wait = _clock.SleepAsync(
                sleep, ends ? Stopwatch.GetTimestamp() : InAnHour, ends ? never.Token : own.Token).AsTask();
            await own.CancelAsync();
            if (ends)
                Assert.True(await wait.WaitAsync(Patience));
            else
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience));
            return new WeakReference(sleep);
        }
    }

    [Fact]
    public async Task All_waits_of_a_run_are_stopped_and_those_of_no_other_also_after_earlier_ones_have_ended()
    {
        using var stop = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        Task<bool> left = WaitAsync(InAnHour, other);
        for (int wave = 0; wave < 2; wave++)
            Assert.True(await WaitAsync(Stopwatch.GetTimestamp(), stop).WaitAsync(Patience));
        Task<bool>[] waits = [.. Enumerable.Range(0, 3).Select(_ => WaitAsync(InAnHour, stop))];

        await stop.CancelAsync();

        foreach (Task<bool> wait in waits)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience));
        Assert.False(left.IsCompleted);
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(Patience));

        Task<bool> WaitAsync(long end, CancellationTokenSource ends) =>
            _clock.SleepAsync(new PacedSleep(true), end, ends.Token).AsTask();
    }

    [Fact]
    public async Task What_could_have_stopped_waits_that_are_over_holds_nothing_of_their_clock()
    {
        using var never = new CancellationTokenSource();
        WeakReference clock = await Task.Run(UsedAsync);

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                return !clock.IsAlive;
            },
            Patience));

        async Task<WeakReference> UsedAsync()
        {
            using var used = new PacingClock();
            for (int wait = 0; wait < 2; wait++)
                Assert.True(await used.PollWaitAsync(TimeSpan.FromMilliseconds(1), true, never.Token).AsTask().WaitAsync(Patience));
            return new WeakReference(used);
        }
    }

    [Fact]
    public async Task Waits_that_end_and_are_stopped_at_once_end_once()
    {
        for (int round = 0; round < 200; round++)
        {
            using var stop = new CancellationTokenSource();
            Task<bool>[] waits = [.. Enumerable.Range(0, 20).Select(
                i => _clock.PollWaitAsync(TimeSpan.FromTicks(i * 200), true, stop.Token).AsTask())];
            await stop.CancelAsync();
            foreach (Task<bool> wait in waits)
                await Task.WhenAny(wait).WaitAsync(Patience);
            Assert.All(waits, wait => Assert.True(wait.IsCanceled || wait.Result));
        }
    }

    [Fact]
    public void Counted_percentiles_are_those_of_the_values_to_a_tenth_of_a_millisecond()
    {
        var counter = new LatenessCounter();
        for (int i = 1; i <= 1000; i++)
            counter.Add(i * 1e-5);
        counter.Add(7);

        TimerLateness late = counter.Read();

        Assert.Equal(0.005, late.P50Seconds, 3);
        Assert.InRange(late.P99Seconds, 0.0098, 0.0101);
        Assert.Equal(7, late.MaximumSeconds);
        Assert.Equal(0, new LatenessCounter().Read().P99Seconds);
    }
}
