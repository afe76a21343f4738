using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>How a load test is carried out, whether it is new or resumed.</summary>
public sealed record SessionOptions
{
    /// <summary>How questions are carried from asking to answer.</summary>
    public LoadTestOptions Run { get; init; } = new();

    /// <summary>What the test may cost at most.</summary>
    public RunBudget Budget { get; init; } = new();

    /// <summary>Whether the test goes on although the service refuses for good.</summary>
    public bool SkipsServiceRule { get; init; }

    /// <summary>Whether the conversations that the test created are deleted after it.</summary>
    public bool RemovesConversations { get; init; }

    /// <summary>Whether the statements of the test are read from the query history after it.</summary>
    public bool IncludesStatements { get; init; }

    /// <summary>
    /// When the benchmarks of the spaces are evaluated, of <see cref="EvaluationTime"/>; never by default. Their questions are no part of
    /// the run, nor of its budget.
    /// </summary>
    public IReadOnlyList<string> Evaluations { get; init; } = [];

    /// <summary>How they are evaluated.</summary>
    public EvaluationRequest Evaluation { get; init; } = new();

    /// <summary>What shows the run elsewhere while it goes on.</summary>
    public IReadOnlyList<IRunCompanion> Companions { get; init; } = [];

    /// <summary>What may end the test early besides the budget and the service.</summary>
    public IReadOnlyList<IStopRule> StopRules { get; init; } = [];

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        Run.Validate();
        Budget.Validate();
        Evaluation.Validate();
    }

    /// <summary>What may end the test early.</summary>
    internal IReadOnlyList<IStopRule> Rules() => SkipsServiceRule
        ? [new BudgetRule(Budget), .. StopRules]
        : [new BudgetRule(Budget), new ServiceRule(Budget.GraceSeconds), .. StopRules];
}
