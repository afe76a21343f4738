using GenieLoad.Engine.Running.Stopping;

namespace GenieLoad.PowerShell;

/// <summary>What may end a load test early, as the parameters of a cmdlet say.</summary>
internal sealed class RunLimits
{
    /// <summary>Grace after Ctrl+C where none is given: somebody is waiting for the prompt.</summary>
    public static readonly TimeSpan DefaultStopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Grace after a rule where none is given: the answers under way are paid for.</summary>
    private const double RuleGraceSeconds = 30;

    /// <summary>Most questions asked; 0 for no limit.</summary>
    public int MaximumQuestion { get; init; }

    /// <summary>Longest time; zero for no limit.</summary>
    public TimeSpan MaximumDuration { get; init; }

    /// <summary>Most failures; <see langword="null"/> for no limit.</summary>
    public FailureLimit? MaximumFailure { get; init; }

    /// <summary>Most seconds lost to the rate limit; 0 for no limit.</summary>
    public double MaximumThrottleSeconds { get; init; }

    /// <summary>Time that questions in flight have; <see langword="null"/> for the defaults.</summary>
    public TimeSpan? StopGrace { get; init; }

    /// <summary>Whether the test goes on although the service refuses for good.</summary>
    public bool SkipsStopRules { get; init; }

    /// <summary>Seconds that questions in flight have after Ctrl+C.</summary>
    public double UserGraceSeconds => (StopGrace ?? DefaultStopGrace).TotalSeconds;

    /// <summary>Seconds that questions in flight have after a rule.</summary>
    public double GraceSeconds => StopGrace?.TotalSeconds ?? RuleGraceSeconds;

    /// <summary>The rules.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>.</exception>
    public IEnumerable<IStopRule> Rules()
    {
        var budget = new RunBudget
        {
            MaximumQuestions = MaximumQuestion > 0 ? MaximumQuestion : null,
            MaximumDurationSeconds = MaximumDuration > TimeSpan.Zero ? MaximumDuration.TotalSeconds : null,
            MaximumFailures = MaximumFailure?.Count,
            MaximumFailurePercent = MaximumFailure?.Percent,
            MaximumThrottleSeconds = MaximumThrottleSeconds > 0 ? MaximumThrottleSeconds : null,
            GraceSeconds = GraceSeconds,
        };
        budget.Validate();
        yield return new BudgetRule(budget);
        if (!SkipsStopRules)
            yield return new ServiceRule(GraceSeconds);
    }
}
