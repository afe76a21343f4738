using System.Management.Automation;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A cmdlet that asks questions: what can be set of a question's way from asking to the answer.</summary>
public abstract class AskingCmdlet : CallingCmdlet
{
    /// <summary>Most time from a question's first send to its answer.</summary>
    [Parameter(HelpMessage = "Longest time for one question, such as 300, '300s' or '5m'.")]
    [DurationTransformation]
    [ValidateDuration(1, 86_400)]
    public TimeSpan QuestionTimeout { get; set; }

    /// <summary>Wait before the first poll; later waits grow by half.</summary>
    [Parameter(HelpMessage = "Wait before the first poll; later waits grow by half up to MaximumPollInterval.")]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan PollInterval { get; set; }

    /// <summary>Longest wait between polls.</summary>
    [Parameter(HelpMessage = "Longest wait between polls in the first two minutes of a question.")]
    [DurationTransformation]
    [ValidateDuration(0.01, 600)]
    public TimeSpan MaximumPollInterval { get; set; }

    /// <summary>Leaves the rows of the answers unread.</summary>
    [Parameter(HelpMessage = "Leave the rows of the answers unread: the question ends when Genie says COMPLETED.")]
    public SwitchParameter SkipResult { get; set; }

    /// <summary>Runs the query of an answer again when its result has expired.</summary>
    [Parameter(HelpMessage = "Run the query of an answer again when its result has expired. Costs a statement.")]
    public SwitchParameter RefreshExpiredResult { get; set; }

    /// <summary>How questions are carried out: as set, and where nothing is set by default.</summary>
    /// <param name="defaults">The defaults.</param>
    private protected LoadTestOptions RunOptions(LoadTestOptions defaults)
    {
        LoadTestOptions options = defaults with
        {
            Poll = PollOf(defaults.Poll),
            QuestionTimeoutSeconds = Given(nameof(QuestionTimeout)) ? QuestionTimeout.TotalSeconds : defaults.QuestionTimeoutSeconds,
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
}
