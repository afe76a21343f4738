using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Places;

namespace GenieLoad.PowerShell.LoadTests;

/// <content>A test from several places.</content>
public abstract partial class LoadTestCmdlet
{
    private readonly CancellationTokenSource _leave = new();

    /// <summary>The test at the places that were given; <see langword="null"/> for a test that runs here.</summary>
    /// <param name="session">The test as it would run here.</param>
    private protected virtual PlacedLoadTest? Placed(LoadTestSession session) => null;

    private LoadTestWork WorkOf(PlacedLoadTest placed, LoadTestSession session, bool isInOwnFolder, out RunDisplay display)
    {
        RunDisplay watcher = display = _display = new RunDisplay(session.Plan) { IsInOwnFolder = isInOwnFolder, Placed = placed };
        return new LoadTestWork(
            placed, placed.LongestStop, display,
            (sinks, stop) => placed.RunAsync(watcher, TimeProvider.System, new EngineLog(TimeProvider.System, sinks), stop, _leave.Token),
            TakeLog());
    }

    /// <summary>
    /// The first Ctrl+C stops the places in order, which takes a while; PowerShell does not pass on a second, after which nobody wants to
    /// wait. <see langword="null"/> for a test that runs here, where the first ends all.
    /// </summary>
    private Ending? LeavesAtSecondStop()
    {
        if (_display?.Placed is null)
            return null;
        ConsoleCancelEventHandler leave = (_, second) =>
        {
            second.Cancel = true;
            _leave.Cancel();
            Abandon();
        };
        // Added while the first is handled, it hears of the second only.
        CancellationTokenRegistration stopped = StopToken.Register(() => Console.CancelKeyPress += leave);
        return new Ending(() =>
        {
            stopped.Dispose();
            Console.CancelKeyPress -= leave;
        });
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
