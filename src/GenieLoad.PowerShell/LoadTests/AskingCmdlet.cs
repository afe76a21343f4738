using System.Management.Automation;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A cmdlet that asks questions: what can be set of a question's way from asking to the answer, and of its calls.</summary>
public abstract class AskingCmdlet : ConnectedCmdlet
{
    private LogFile? _logFile;

    /// <summary>Most time from a question's first send to its answer.</summary>
    [Parameter(HelpMessage = "Longest time for one question, such as 300, '300s' or '5m'.")]
    [Alias("Timeout")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan QuestionTimeout { get; set; }

    /// <summary>Agent mode: most time between two events of a stream.</summary>
    [Parameter(HelpMessage = "Agent mode: longest time without an event of the stream, such as 300, '300s' or '5m'.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan StreamIdleTimeout { get; set; }

    /// <summary>Wait before the first poll; later waits grow by half.</summary>
    [Parameter(HelpMessage = "Wait before the first poll; each later wait is 1.5 times as long, up to MaximumPollInterval.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan PollInterval { get; set; }

    /// <summary>Longest wait between polls.</summary>
    [Parameter(HelpMessage = "Longest wait between polls in the first two minutes of a question.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan MaximumPollInterval { get; set; }

    /// <summary>Leaves the rows of the answers unread.</summary>
    [Parameter(HelpMessage = "Do not read the rows of the answers: a question ends when Genie reports COMPLETED.")]
    public SwitchParameter SkipResult { get; set; }

    /// <summary>Runs the query of an answer again when its result has expired.</summary>
    [Parameter(HelpMessage = "Run the query of an answer again if its result has expired. This costs a statement.")]
    public SwitchParameter RefreshExpiredResult { get; set; }

    /// <summary>Most retries of one call after its first try.</summary>
    [Parameter(HelpMessage = "Maximum number of retries of a call, 0 to 100. Default 5.")]
    [Alias("MaxRetries")]
    [ValidateRange(0, 100)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int MaximumRetry { get; set; }

    /// <summary>First wait before a retry.</summary>
    [Parameter(HelpMessage = "First wait before a retry, such as 1 or '500ms'; each later one is twice as long. Default 1 second.")]
    [Alias("BaseWaitTime")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.001, 3600)]
    public TimeSpan RetryBaseDelay { get; set; }

    /// <summary>Longest wait before a retry.</summary>
    [Parameter(HelpMessage = "Longest wait before a retry without Retry-After. Default 60 seconds.")]
    [Alias("MaxWaitTime")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.001, 3600)]
    public TimeSpan RetryMaximumDelay { get; set; }

    /// <summary>Width of the random part of a wait before a retry.</summary>
    [Parameter(HelpMessage = "Random time added to each wait before a retry, up to this long. Default 2 seconds.")]
    [Alias("JitterMax")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 600)]
    public TimeSpan RetryJitter { get; set; }

    /// <summary>Longest Retry-After that is obeyed.</summary>
    [Parameter(HelpMessage = "Longest Retry-After to obey; with a longer one, a question ends as Throttled. Default 120 seconds.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan RetryAfterLimit { get; set; }

    /// <summary>Sends a question again when nobody knows whether it was accepted.</summary>
    [Parameter(HelpMessage = "Send a question again if it is not known whether it was accepted. It may then be answered and billed twice.")]
    public SwitchParameter ResendAmbiguous { get; set; }

    /// <summary>File to append the log to: every retry with its reason.</summary>
    [Parameter(HelpMessage = "Log file to append to: one line per event, with UTC time.")]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <inheritdoc/>
    private protected sealed override bool StopsOnTermination => true;

    /// <summary>How questions are carried out: as set, and where nothing is set by default.</summary>
    /// <param name="defaults">The defaults.</param>
    private protected LoadTestOptions RunOptions(LoadTestOptions defaults)
    {
        LoadTestOptions options = defaults with
        {
            Poll = PollOf(defaults.Poll),
            Retry = RetryOf(defaults.Retry),
            QuestionTimeoutSeconds = Given(nameof(QuestionTimeout)) ? QuestionTimeout.TotalSeconds : defaults.QuestionTimeoutSeconds,
            StreamIdleSeconds = Given(nameof(StreamIdleTimeout)) ? StreamIdleTimeout.TotalSeconds : defaults.StreamIdleSeconds,
            ReadResult = Given(nameof(SkipResult)) ? !SkipResult : defaults.ReadResult,
            RefreshExpired = Given(nameof(RefreshExpiredResult)) ? RefreshExpiredResult : defaults.RefreshExpired,
        };
        options.Validate();
        return options;
    }

    private PollOptions PollOf(PollOptions defaults)
    {
        bool mostGiven = Given(nameof(MaximumPollInterval));
        if (mostGiven && defaults.Policy == PollPolicy.Fixed)
            throw LoadTestErrors.FixedPollsHaveNoMaximum();
        double first = Given(nameof(PollInterval)) ? PollInterval.TotalSeconds : defaults.FirstSeconds;
        // Who sets only one of the two wants the other to give way.
        double most = mostGiven ? MaximumPollInterval.TotalSeconds : Math.Max(first, defaults.MaximumSeconds);
        if (defaults.Policy == PollPolicy.Adaptive && first is (< PollOptions.LeastRecommended or > PollOptions.MostRecommended))
            throw LoadTestErrors.InvalidAdaptivePollInterval(nameof(PollInterval), first);
        if (defaults.Policy == PollPolicy.Adaptive && most > PollOptions.MostRecommended)
            throw LoadTestErrors.InvalidAdaptivePollInterval(nameof(MaximumPollInterval), most);
        if (most < first)
            throw LoadTestErrors.InvalidMaximumPollInterval(first, most);
        return defaults with { FirstSeconds = first, MaximumSeconds = most,
            LateMaximumSeconds = Math.Max(most, defaults.LateMaximumSeconds) };
    }

    private RetryOptions RetryOf(RetryOptions defaults)
    {
        double first = Given(nameof(RetryBaseDelay)) ? RetryBaseDelay.TotalSeconds : defaults.BaseSeconds;
        double most = Given(nameof(RetryMaximumDelay)) ? RetryMaximumDelay.TotalSeconds : Math.Max(first, defaults.CapSeconds);
        // Who sets only one of the two wants the other to give way.
        if (!Given(nameof(RetryBaseDelay)))
            first = Math.Min(first, most);
        if (most < first)
            throw LoadTestErrors.InvalidRetryMaximumDelay(first, most);
        return defaults with
        {
            MaximumRetries = Given(nameof(MaximumRetry)) ? MaximumRetry : defaults.MaximumRetries,
            BaseSeconds = first,
            CapSeconds = most,
            JitterSeconds = Given(nameof(RetryJitter)) ? RetryJitter.TotalSeconds : defaults.JitterSeconds,
            RetryAfterLimitSeconds = Given(nameof(RetryAfterLimit)) ? RetryAfterLimit.TotalSeconds : defaults.RetryAfterLimitSeconds,
            ResendAmbiguous = ResendAmbiguous,
        };
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
