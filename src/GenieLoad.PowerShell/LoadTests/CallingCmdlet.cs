using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A cmdlet that makes many calls: what can be set of how they are repeated and logged.</summary>
public abstract class CallingCmdlet : ConnectedCmdlet
{
    private static readonly RetryOptions Retry = new();

    private LogFile? _logFile;

    /// <summary>Most retries of one call after its first try.</summary>
    [Parameter(HelpMessage = "Most retries of one call after its first try, 0 to 100. Default 5.")]
    [Alias("MaxRetries")]
    [ValidateRange(0, 100)]
    public int MaximumRetry { get; set; } = Retry.MaximumRetries;

    /// <summary>Longest Retry-After that is obeyed.</summary>
    [Parameter(HelpMessage = "Longest Retry-After that is obeyed; above it a question ends as Throttled. Default 120 seconds.")]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan RetryAfterLimit { get; set; } = TimeSpan.FromSeconds(Retry.RetryAfterLimitSeconds);

    /// <summary>Sends a question again when nobody knows whether it was accepted.</summary>
    [Parameter(HelpMessage = "Send a question again when nobody knows whether it was accepted. It may then be answered and billed twice.")]
    public SwitchParameter ResendAmbiguous { get; set; }

    /// <summary>File to append the log to: every retry with its reason.</summary>
    [Parameter(HelpMessage = "File to append the log to: one line an event, with a UTC instant.")]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>How the service is talked to, as set.</summary>
    /// <param name="clients">Clients that are used at the same time.</param>
    private protected GenieClientOptions ClientOptions(int clients = 1)
    {
        var options = new GenieClientOptions
        {
            Retry = new RetryOptions
            {
                MaximumRetries = MaximumRetry,
                RetryAfterLimitSeconds = RetryAfterLimit.TotalSeconds,
                ResendAmbiguous = ResendAmbiguous,
            },
            ClientCount = Math.Max(1, clients),
        };
        options.Validate();
        return options;
    }

    /// <summary>Where events go.</summary>
    /// <param name="channel">The pipeline's streams.</param>
    private protected ILogSink[] LogSinks(ICmdletChannel channel) => _logFile is null ? [channel.Log] : [channel.Log, _logFile];

    /// <summary>Opens the log file, if one is wanted and none is open, before anything is asked.</summary>
    private protected void OpenLog()
    {
        if (LogPath is not null)
            _logFile ??= LogFile.Open(Paths.Output(LogPath));
    }

    /// <summary>Hands the open log file over to work that outlives this cmdlet.</summary>
    private protected LogFile? TakeLog()
    {
        LogFile? file = _logFile;
        _logFile = null;
        return file;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _logFile?.Dispose();
        base.Dispose(disposing);
    }
}
