using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live;

/// <summary>
/// A page on this machine that shows a run while it grows and ends as its report: of a test in this process as its companion, or of any
/// run by its folder.
/// </summary>
public sealed class Dashboard : IRunCompanion, IDisposable
{
    private readonly int _port;
    private readonly LiveLimits _limits;
    private readonly TimeProvider _time;
    private readonly LiveReport _report;
    private DashboardServer? _server;

    /// <summary>Sets up a dashboard; <see cref="Listen"/> opens it.</summary>
    /// <param name="port">Port on 127.0.0.1; 0 for a free one.</param>
    public Dashboard(int port)
        : this(port, new LiveLimits(), TimeProvider.System)
    {
    }

    /// <summary>As above, at another pace.</summary>
    internal Dashboard(int port, LiveLimits limits, TimeProvider time)
    {
        _port = port;
        _limits = limits;
        _time = time;
        _report = new LiveReport(limits, time);
    }

    /// <summary>Begins to listen.</summary>
    /// <returns>
    /// Address to open it with. Its token opens once, in one browser: it belongs on the screen of whoever runs the test, and nowhere else.
    /// </returns>
    /// <exception cref="GenieLoadException"><c>DashboardPortInUse</c>.</exception>
    public Uri Listen()
    {
        _server ??= new DashboardServer(_report, _port, _limits, _time);
        return _server.Gate.Address;
    }

    /// <summary>How often the page was drawn.</summary>
    internal int DrawCount => _report.DrawCount;

    /// <summary>Shows a run from now on.</summary>
    /// <param name="runPath">Its folder.</param>
    /// <param name="warn">Told, once, when the run cannot be shown.</param>
    public void Follow(string runPath, Action<string>? warn = null)
    {
        _report.Warn = warn;
        _report.Follow(runPath);
    }

    /// <inheritdoc/>
    public void OnBegin(RunBeginning run, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(run);
        Follow(run.RunPath, warn);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        // It is in the folder already.
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        // Whoever looks sees the rows.
    }

    /// <summary>Shows the report to the pages that are open, and closes.</summary>
    /// <param name="run">The run as it ended; <see langword="null"/> for what its folder says.</param>
    public async Task EndAsync(LoadRun? run)
    {
        if (_server is null)
            return;
        try
        {
            await _report.FinishAsync(run).ConfigureAwait(false);
            await _server.FarewellAsync().ConfigureAwait(false);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes it at once.</summary>
    public void Dispose()
    {
        _server?.Dispose();
        _report.Dispose();
    }

    /// <summary>What it is called where it fails.</summary>
    public override string ToString() => "the dashboard";
}
