using System.Management.Automation;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Makes options for load tests: how they poll, try again and stop. A test holds its parameters to those of the tests.</summary>
[Cmdlet(VerbsCommon.New, "GenieLoadTestOption")]
[OutputType(typeof(LoadTestOption))]
public sealed class NewGenieLoadTestOptionCommand : GenieCmdlet
{
    /// <inheritdoc cref="LoadTestOption.PollPolicy"/>
    [Parameter(HelpMessage = "Backoff: each wait is 1.5 times the one before. Fixed: every -PollInterval. Adaptive: based on the answers "
        + "so far.")]
    [ValidateSet(Model.PollPolicy.Backoff, Model.PollPolicy.Fixed, Model.PollPolicy.Adaptive)]
    public string? PollPolicy { get; set; }

    /// <inheritdoc cref="LoadTestOption.PollInterval"/>
    [Parameter(HelpMessage = "Wait before the first poll; each later wait is 1.5 times as long, up to MaximumPollInterval.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan PollInterval { get; set; }

    /// <inheritdoc cref="LoadTestOption.MaximumPollInterval"/>
    [Parameter(HelpMessage = "Longest wait between polls in the first two minutes of a question.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan MaximumPollInterval { get; set; }

    /// <inheritdoc cref="LoadTestOption.QuestionTimeout"/>
    [Parameter(HelpMessage = "Longest time for one question, such as 300, '300s' or '5m'.")]
    [Alias("Timeout")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan QuestionTimeout { get; set; }

    /// <inheritdoc cref="LoadTestOption.StreamIdleTimeout"/>
    [Parameter(HelpMessage = "Agent mode: longest time without an event of the stream, such as 300, '300s' or '5m'.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan StreamIdleTimeout { get; set; }

    /// <inheritdoc cref="LoadTestOption.SkipResult"/>
    [Parameter(HelpMessage = "Do not read the rows of the answers: a question ends when Genie reports COMPLETED.")]
    public SwitchParameter SkipResult { get; set; }

    /// <inheritdoc cref="LoadTestOption.RefreshExpiredResult"/>
    [Parameter(HelpMessage = "Run the query of an answer again if its result has expired. This costs a statement.")]
    public SwitchParameter RefreshExpiredResult { get; set; }

    /// <inheritdoc cref="LoadTestOption.MaximumRetry"/>
    [Parameter(HelpMessage = "Maximum number of retries of a call, 0 to 100. Default 5.")]
    [Alias("MaxRetries")]
    [ValidateRange(0, 100)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int MaximumRetry { get; set; }

    /// <inheritdoc cref="LoadTestOption.RetryBaseDelay"/>
    [Parameter(HelpMessage = "First wait before a retry, such as 1 or '500ms'; each later one is twice as long. Default 1 second.")]
    [Alias("BaseWaitTime")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.001, 3600)]
    public TimeSpan RetryBaseDelay { get; set; }

    /// <inheritdoc cref="LoadTestOption.RetryMaximumDelay"/>
    [Parameter(HelpMessage = "Longest wait before a retry without Retry-After. Default 60 seconds.")]
    [Alias("MaxWaitTime")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0.001, 3600)]
    public TimeSpan RetryMaximumDelay { get; set; }

    /// <inheritdoc cref="LoadTestOption.RetryJitter"/>
    [Parameter(HelpMessage = "Random time added to each wait before a retry, up to this long. Default 2 seconds.")]
    [Alias("JitterMax")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 600)]
    public TimeSpan RetryJitter { get; set; }

    /// <inheritdoc cref="LoadTestOption.RetryAfterLimit"/>
    [Parameter(HelpMessage = "Longest Retry-After to obey; with a longer one, a question ends as Throttled. Default 120 seconds.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan RetryAfterLimit { get; set; }

    /// <inheritdoc cref="LoadTestOption.ResendAmbiguous"/>
    [Parameter(HelpMessage = "Send a question again if it is not known whether it was accepted. It may then be answered and billed twice.")]
    public SwitchParameter ResendAmbiguous { get; set; }

    /// <inheritdoc cref="LoadTestOption.MaximumFailure"/>
    [Parameter(HelpMessage = "Number of failed questions that ends the test, as a count such as 5 or a share such as '10%'. "
        + "No limit by default.")]
    [ArgumentCompleter(typeof(FailureLimitCompleter))]
    [FailureLimitTransformation]
    [ValidateNotNull]
    public FailureLimit? MaximumFailure { get; set; }

    /// <inheritdoc cref="LoadTestOption.MaximumThrottleSeconds"/>
    [Parameter(HelpMessage = "Maximum number of seconds that all questions together may wait after 429s. No limit by default.")]
    [ValidateRange(0.001, 2_678_400)]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double MaximumThrottleSeconds { get; set; }

    /// <inheritdoc cref="LoadTestOption.StopGrace"/>
    [Parameter(HelpMessage = "Time for questions in flight to finish when the test ends early. Default: 5 seconds after Ctrl+C, 30 after a "
        + "stop rule.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan StopGrace { get; set; }

    /// <inheritdoc cref="LoadTestOption.SkipStopRule"/>
    [Parameter(HelpMessage = "Continue even if the service refuses permanently: credential, permission, space, warehouse or budget "
        + "missing.")]
    public SwitchParameter SkipStopRule { get; set; }

    /// <inheritdoc cref="LoadTestOption.AbortDelay"/>
    [Parameter(HelpMessage = "Time after the start when -AbortOnFail begins to check, such as 30 or '2m'. Default 60 seconds.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    public TimeSpan AbortDelay { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(WithGiven(new LoadTestOption()));
}
