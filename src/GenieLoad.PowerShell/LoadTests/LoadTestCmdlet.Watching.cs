using System.Management.Automation;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Live.Terminal;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Formatting;

namespace GenieLoad.PowerShell.LoadTests;

/// <content>Where a test can be watched while it runs: on the terminal, in the browser, at a receiver of metrics.</content>
public abstract partial class LoadTestCmdlet
{
    private LiveView? _live;
    private MetricsPush? _metrics;
    private Dashboard? _dashboard;

    /// <summary>Shows the test on the whole terminal.</summary>
    [Parameter(HelpMessage = "Show the test on the whole terminal while it runs, with keys: p pauses, + and - change the pace, q stops, "
        + "a aborts.")]
    public SwitchParameter Live { get; set; }

    /// <summary>Shows the test in the browser while it runs.</summary>
    [Parameter(HelpMessage = "Show the test in the browser while it runs: a page on this machine, whose address is shown.")]
    public SwitchParameter Dashboard { get; set; }

    /// <summary>Port of the dashboard.</summary>
    [Parameter(HelpMessage = "Port of the dashboard on 127.0.0.1, 1024 to 65535; implies -Dashboard. Default: a free one.")]
    [ValidateRange(1024, 65_535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public int DashboardPort { get; set; }

    /// <summary>Opens the dashboard in the browser.</summary>
    [Parameter(HelpMessage = "Open the dashboard in the default browser; implies -Dashboard.")]
    public SwitchParameter OpenDashboard { get; set; }

    /// <summary>Receiver of metrics.</summary>
    [Parameter(HelpMessage = "Send metrics while the test runs to this receiver (OTLP over HTTP, JSON), such as http://localhost:4318. "
        + "Default: OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT; without them, nothing is sent.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OtlpEndpointCompleter))]
    public string? OtlpEndpoint { get; set; }

    /// <summary>
    /// Variables are often set by a platform and for others: one that cannot be used keeps nobody from testing, as a receiver that is away.
    /// </summary>
    private MetricsPush? WithMetrics()
    {
        try
        {
            _metrics = MetricsPush.Of(OtlpEndpoint);
        }
        catch (GenieLoadException failure) when (OtlpEndpoint is null)
        {
            WriteWarning($"The test sends no metrics: {failure.Message} {failure.Recommendation}");
        }
        return _metrics;
    }

    private Dashboard? WithDashboard() =>
        _dashboard = Dashboard || OpenDashboard || Given(nameof(DashboardPort)) ? new Dashboard(DashboardPort) : null;

    /// <summary>On a terminal that can show it; elsewhere the test shows its progress, as without it.</summary>
    private SessionOptions WithLiveView(SessionOptions options)
    {
        if (AsJob || PassThruResult)
            throw LoadTestErrors.LiveTakesTheTerminal(AsJob ? nameof(AsJob) : nameof(PassThruResult));
        if (ConsoleTerminal.Of(Host) is not ConsoleTerminal terminal || !LiveView.Fits(terminal))
        {
            WriteVerbose("-Live needs a console of at least 40 columns and 10 lines that understands escape sequences; "
                + "progress is shown instead.");
            return options;
        }
        UserRule rule = new(options.Budget.GraceSeconds);
        _live = new LiveView(terminal, new LiveViewOptions
        {
            Rule = rule,
            Style = TerminalStyle.Of(terminal: true, SessionState.PSVariable.GetValue("PSStyle")),
            TakeScreen = () => _display!.Channel!.HoldAsync(_live!.Tell).AsTask(),
            ReleaseScreen = () => _display!.Channel!.ReleaseAsync().AsTask(),
        }, TimeProvider.System);
        return options with { Companions = [.. options.Companions, _live], StopRules = [.. options.StopRules, rule] };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Also where the test was left behind: the terminal belongs to the user again.
        _live?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Before anything is sent: a port that is taken ends the test before it begins.</summary>
    private Uri? Listen(Dashboard? dashboard)
    {
        if (dashboard is null)
            return null;
        Uri address = dashboard.Listen();
        DashboardNotice.Show(this, address, OpenDashboard);
        _live?.Pin($" Dashboard: {address}");
        return address;
    }
}
