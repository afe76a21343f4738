using System.Diagnostics;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

public sealed class SharedStopTests : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _stopped;

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_registration_that_comes_when_the_last_one_has_left_is_let_go(bool hasLeft, int stopped)
    {
        var stop = new SharedStop(_source.Token);
        Assert.True(stop.Join());
        CancellationTokenRegistration registration = stop.Register(_ => _stopped++);
        if (hasLeft)
            stop.Leave();

        stop.Keep(registration);

        _source.Cancel();
        Assert.Equal(stopped, _stopped);
    }

    [Fact]
    public void Of_two_registrations_one_is_kept_and_goes_with_the_last_one_who_waits()
    {
        var stop = new SharedStop(_source.Token);
        stop.Join();
        CancellationTokenRegistration early = stop.Register(_ => _stopped++);
        stop.Leave();
        Assert.True(stop.Join());
        stop.Keep(stop.Register(_ => _stopped++));
        stop.Keep(early);
        Assert.False(stop.Join());
        stop.Leave();
        Assert.False(stop.IsOver);

        stop.Leave();

        Assert.True(stop.IsOver);
        _source.Cancel();
        Assert.Equal(0, _stopped);
    }

    [Fact]
    public async Task A_clock_forgets_what_could_have_stopped_the_waits_of_runs_that_are_over()
    {
        using var clock = new PacingClock();
        var ends = new List<WeakReference>();
        for (int run = 0; run < 50; run++)
            ends.Add(await Task.Run(RunAsync));

        for (int collection = 0; Held() > 5 && collection < 10; collection++)
            GC.Collect();

        Assert.InRange(Held(), 0, 5);

        int Held() => ends.Count(end => end.IsAlive);

        async Task<WeakReference> RunAsync()
        {
            var end = new CancellationTokenSource();
            Assert.True(await clock.SleepAsync(new PacedSleep(true), Stopwatch.GetTimestamp(), end.Token));
            return new WeakReference(end);
        }
    }
}
