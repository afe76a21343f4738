using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A session that a cmdlet has set up, to be carried out on its pipeline or as a job. Owns it, and its log file.</summary>
/// <param name="session">The session.</param>
/// <param name="display">Shows it.</param>
/// <param name="open">Opens the way to a workspace.</param>
/// <param name="logFile">The log file; <see langword="null"/> for none.</param>
internal sealed class LoadTestWork(
    LoadTestSession session, RunDisplay display, Func<Connection, TimeProvider, ILogSink[], GenieApiClient> open, LogFile? logFile)
    : IDisposable
{
    /// <summary>Longest time from a stop to the end of the work.</summary>
    public TimeSpan LongestStop => session.LongestStop;

    /// <summary>Folder of the run; <see langword="null"/> before it has begun.</summary>
    public string? RunPath => display.RunPath;

    /// <summary>Carries it out.</summary>
    /// <param name="channel">Where to write.</param>
    /// <param name="stop">Ends it early; what is finished is kept.</param>
    public Task CarryOutAsync(ICmdletChannel channel, CancellationToken stop)
    {
        display.Channel = channel;
        ILogSink[] sinks = logFile is null ? [channel.Log] : [channel.Log, logFile];
        return session.RunAsync((connection, time) => open(connection, time, sinks), display, stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        logFile?.Dispose();
        session.Dispose();
    }
}
