using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>
/// Ends a run because whoever watches it wants it to end, while the session goes on: its clean-up, its figures and what it returns.
/// </summary>
/// <param name="graceSeconds">Seconds that questions in flight have after <see cref="Stop"/>, 0 or more.</param>
public sealed class UserRule(double graceSeconds) : IStopRule
{
    private StopOrder? _order;

    /// <summary>Seconds that questions in flight have after <see cref="Stop"/>.</summary>
    public double GraceSeconds => graceSeconds;

    /// <summary>Sends no further question, and lets those in flight come to their end within the grace.</summary>
    public void Stop() => Volatile.Write(ref _order, new(StopCause.User, "Stopped by the user.", graceSeconds));

    /// <summary>Sends no further question, and breaks off those in flight; also after <see cref="Stop"/>.</summary>
    public void Abort() => Volatile.Write(ref _order, new(StopCause.User, "Aborted by the user.", GraceSeconds: 0));

    /// <inheritdoc/>
    public StopOrder? Progressed(RunProgress progress) => Interlocked.Exchange(ref _order, null);
}
