using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A test that a cmdlet has set up, to be carried out on its pipeline or as a job. Owns it, and its log file.</summary>
/// <param name="test">What is carried out.</param>
/// <param name="longestStop">Longest time from a stop to the end of it.</param>
/// <param name="display">Shows it.</param>
/// <param name="run">Carries it out, given where events go and what ends it early.</param>
/// <param name="logFile">The log file; <see langword="null"/> for none.</param>
internal sealed class LoadTestWork(
    IDisposable test, TimeSpan longestStop, RunDisplay display, Func<ILogSink[], CancellationToken, Task> run, LogFile? logFile)
    : IDisposable
{
    /// <summary>Longest time from a stop to the end of the work.</summary>
    public TimeSpan LongestStop => longestStop;

    /// <summary>Folder of the run; <see langword="null"/> before it has begun.</summary>
    public string? RunPath => display.RunPath;

    /// <summary>How far it is; <see langword="null"/> before that is known.</summary>
    public RunProgress? Progress => display.Progress;

    /// <summary>Carries it out.</summary>
    /// <param name="channel">Where to write.</param>
    /// <param name="stop">Ends it early; what is finished is kept.</param>
    public Task CarryOutAsync(ICmdletChannel channel, CancellationToken stop)
    {
        display.Channel = channel;
        return run(logFile is null ? [channel.Log] : [channel.Log, logFile], stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        logFile?.Dispose();
        test.Dispose();
    }
}
