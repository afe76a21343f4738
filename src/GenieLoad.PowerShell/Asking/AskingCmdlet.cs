using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.PowerShell;

/// <summary>A cmdlet that asks questions: what can be set of the way from asking to the answer.</summary>
public abstract class AskingCmdlet : ConnectedCmdlet
{
    private static readonly RetryOptions Retry = new();
    private static readonly PollOptions Poll = new();

    private LogFile? _logFile;

    /// <summary>Space to ask; the connection's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Id of the space to ask; the connection's by default.")]
    [Alias("AgentId")]
    [ValidateNotNullOrEmpty]
    public string? SpaceId { get; set; }

    /// <summary>Most time from a question's first send to its answer.</summary>
    [Parameter(HelpMessage = "Most time for one question, such as 300, '300s' or '5m'. Default 300 seconds.")]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan QuestionTimeout { get; set; } = TimeSpan.FromSeconds(new LoadTestOptions().QuestionTimeoutSeconds);

    /// <summary>Wait before the first poll; later waits grow by half.</summary>
    [Parameter(HelpMessage = "Wait before the first poll; later waits grow by half up to MaximumPollInterval. Default 1 second.")]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(Poll.FirstSeconds);

    /// <summary>Longest wait between polls.</summary>
    [Parameter(HelpMessage = "Longest wait between polls in the first two minutes of a question. Default 5 seconds.")]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan MaximumPollInterval { get; set; } = TimeSpan.FromSeconds(Poll.MaximumSeconds);

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

    /// <summary>Leaves the rows of the answers unread.</summary>
    [Parameter(HelpMessage = "Leave the rows of the answers unread: the question ends when Genie says COMPLETED.")]
    public SwitchParameter SkipResult { get; set; }

    /// <summary>Runs the query of an answer again when its result has expired.</summary>
    [Parameter(HelpMessage = "Run the query of an answer again when its result has expired. Costs a statement.")]
    public SwitchParameter RefreshExpiredResult { get; set; }

    /// <summary>File to append the log to: every retry with its reason.</summary>
    [Parameter(HelpMessage = "File to append the log to: one line an event, with a UTC instant.")]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>How the service is talked to, as set.</summary>
    private protected GenieClientOptions ClientOptions()
    {
        var options = new GenieClientOptions
        {
            Retry = new RetryOptions
            {
                MaximumRetries = MaximumRetry,
                RetryAfterLimitSeconds = RetryAfterLimit.TotalSeconds,
                ResendAmbiguous = ResendAmbiguous,
            },
        };
        options.Validate();
        return options;
    }

    /// <summary>How questions are walked, as set.</summary>
    private protected LoadTestOptions WalkOptions()
    {
        double first = PollInterval.TotalSeconds;
        // Who sets only one of the two wants the other to give way.
        double most = MyInvocation.BoundParameters.ContainsKey(nameof(MaximumPollInterval))
            ? MaximumPollInterval.TotalSeconds
            : Math.Max(first, Poll.MaximumSeconds);
        if (most < first)
            throw AskingErrors.InvalidMaximumPollInterval(first, most);
        var options = new LoadTestOptions
        {
            Poll = new PollOptions { FirstSeconds = first, MaximumSeconds = most, LateMaximumSeconds = Math.Max(most, Poll.LateMaximumSeconds) },
            QuestionTimeoutSeconds = QuestionTimeout.TotalSeconds,
            ReadResult = !SkipResult,
            RefreshExpired = RefreshExpiredResult,
        };
        options.Validate();
        return options;
    }

    /// <summary>The space that applies: the parameter's, or the connection's.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="GenieLoadException"><c>NoSpace</c>.</exception>
    private protected string SpaceOf(Connection connection) => SpaceId ?? connection.SpaceId ?? throw ConnectionErrors.NoSpace();

    /// <summary>Where events go.</summary>
    /// <param name="channel">The pipeline's streams.</param>
    private protected ILogSink[] LogSinks(ICmdletChannel channel) => _logFile is null ? [channel.Log] : [channel.Log, _logFile];

    /// <summary>Opens the log file, if one is wanted and none is open, before anything is asked.</summary>
    private protected void OpenLog()
    {
        if (LogPath is not null)
            _logFile ??= LogFile.Open(Paths.Target(LogPath));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _logFile?.Dispose();
        base.Dispose(disposing);
    }
}
