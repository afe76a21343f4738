using System.Management.Automation;
using GenieLoad.Engine.Live;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Shows a run in the browser until Ctrl+C: one that has ended, or one that any process carries out.</summary>
[Cmdlet(VerbsCommon.Show, "GenieDashboard")]
[OutputType(typeof(void))]
public sealed class ShowGenieDashboardCommand : GenieCmdlet
{
    private LoadRun? _run;

    /// <summary>The run.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun, running or ended; or its id or its folder.")]
    [Alias("Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNull]
    public LoadRun? InputObject { get; set; }

    /// <summary>Port of the dashboard.</summary>
    [Parameter(HelpMessage = "Port of the dashboard on 127.0.0.1, 1024 to 65535. Default: a free one.")]
    [ValidateRange(1024, 65_535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public int Port { get; set; }

    /// <summary>Opens the dashboard in the browser.</summary>
    [Parameter(HelpMessage = "Open the dashboard in the default browser.")]
    public SwitchParameter Open { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        LoadRun run = InputObject!;
        if (_run is not null)
            throw RunErrors.OneDashboardPerRun(_run, run);
        _run = run;
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_run is null)
            return;
        string path = _run.RunPath is { } folder && new RunFolder(folder).Exists ? folder : throw RunErrors.RunHasNoFolder(_run);
        using Dashboard dashboard = new(Port);
        DashboardNotice.Show(this, dashboard.Listen(), Open);
        Run((channel, stop) => ServeAsync(dashboard, path, channel, stop));
    }

    private static async Task ServeAsync(Dashboard dashboard, string path, ICmdletChannel channel, CancellationToken stop)
    {
        dashboard.Follow(path, text => _ = channel.WriteWarningAsync(text).AsTask());
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(false);
        }
        finally
        {
            await dashboard.EndAsync(null).ConfigureAwait(false);
        }
    }
}
