using System.Management.Automation;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.PowerShell;

/// <summary>A cmdlet that asks questions: what can be set of a question's way from asking to the answer.</summary>
public abstract class AskingCmdlet : CallingCmdlet
{
    private static readonly PollOptions Poll = new();

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

    /// <summary>Leaves the rows of the answers unread.</summary>
    [Parameter(HelpMessage = "Leave the rows of the answers unread: the question ends when Genie says COMPLETED.")]
    public SwitchParameter SkipResult { get; set; }

    /// <summary>Runs the query of an answer again when its result has expired.</summary>
    [Parameter(HelpMessage = "Run the query of an answer again when its result has expired. Costs a statement.")]
    public SwitchParameter RefreshExpiredResult { get; set; }

    /// <summary>How questions are walked, as set.</summary>
    /// <param name="policy">How the waits between polls are chosen, one of <see cref="PollPolicy"/>.</param>
    /// <param name="stopGraceSeconds">Seconds that questions in flight have after a stop.</param>
    /// <param name="excludeText">Whether texts are kept out of the rows.</param>
    private protected LoadTestOptions WalkOptions(
        string policy = PollPolicy.Backoff, double stopGraceSeconds = 0, bool excludeText = false)
    {
        double first = PollInterval.TotalSeconds;
        bool mostGiven = MyInvocation.BoundParameters.ContainsKey(nameof(MaximumPollInterval));
        if (mostGiven && policy == PollPolicy.Fixed)
            throw AskingErrors.FixedPollsHaveNoMaximum();
        // Who sets only one of the two wants the other to give way.
        double most = mostGiven
            ? MaximumPollInterval.TotalSeconds
            : Math.Max(first, Poll.MaximumSeconds);
        if (policy == PollPolicy.Adaptive && first is (< PollOptions.LeastRecommended or > PollOptions.MostRecommended))
            throw AskingErrors.InvalidAdaptivePollInterval(nameof(PollInterval), first);
        if (policy == PollPolicy.Adaptive && most > PollOptions.MostRecommended)
            throw AskingErrors.InvalidAdaptivePollInterval(nameof(MaximumPollInterval), most);
        if (most < first)
            throw AskingErrors.InvalidMaximumPollInterval(first, most);
        var options = new LoadTestOptions
        {
            Poll = new PollOptions
            {
                Policy = policy, FirstSeconds = first, MaximumSeconds = most, LateMaximumSeconds = Math.Max(most, Poll.LateMaximumSeconds),
            },
            QuestionTimeoutSeconds = QuestionTimeout.TotalSeconds,
            ReadResult = !SkipResult,
            RefreshExpired = RefreshExpiredResult,
            StopGraceSeconds = stopGraceSeconds,
            ExcludeText = excludeText,
        };
        options.Validate();
        return options;
    }

    /// <summary>The space that applies: the parameter's, or the connection's.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="GenieLoadException"><c>NoSpace</c>.</exception>
    private protected string SpaceOf(Connection connection) => SpaceId ?? connection.SpaceId ?? throw ConnectionErrors.NoSpace();
}
