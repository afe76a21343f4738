using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>The spaces that a load test asks, found by the connection that a question is planned for.</summary>
internal sealed class RunTargets
{
    private readonly Dictionary<string, QuestionRunner> _runners;
    private readonly string? _only;
    private readonly IReadOnlyList<RunTarget> _targets;

    /// <summary>Prepares a runner for each space. Each space learns from its own answers.</summary>
    /// <param name="targets">The spaces.</param>
    /// <param name="plan">What is asked of them.</param>
    /// <param name="options">Time limits, polling and what is read.</param>
    /// <exception cref="GenieLoadException">As <see cref="Check"/>.</exception>
    public RunTargets(IReadOnlyList<RunTarget> targets, Plan plan, LoadTestOptions options)
    {
        Check(targets, plan);
        _targets = targets;
        Time = targets[0].Client.Time;
        Memory = new AnswerMemory(options.AnswerMemoryBytes);
        var signer = new AnswerSigner(options.Expected);
        _runners = targets.ToDictionary(
            target => target.Connection.Name, target => new QuestionRunner(target.Client, target.Connection.SpaceId, options, signer),
            StringComparer.Ordinal);
        _only = targets.Count == 1 ? targets[0].Connection.Name : null;
    }

    /// <summary>Refuses a plan that was made for other connections, and spaces that can be none.</summary>
    /// <exception cref="GenieLoadException"><c>ConnectionMissing</c>: the plan names one that is not there. <c>InvalidId</c>.</exception>
    public static void Check(IReadOnlyList<RunTarget> targets, Plan plan)
    {
        foreach (RunTarget target in targets)
            GenieErrors.CheckId(nameof(Connection.SpaceId), target.Connection.SpaceId);
        HashSet<string?> names = [.. targets.Select(target => target.Connection.Name)];
        // In a test of one connection the plan names none.
        if (targets.Count == 1)
            names.Add(null);
        if (plan.Questions.FirstOrDefault(question => !names.Contains(question.Connection)) is PlannedQuestion astray)
            throw PlanningErrors.ConnectionMissing(astray);
    }

    /// <summary>The clock of them all.</summary>
    public TimeProvider Time { get; }

    /// <summary>What their answers told of the service's clock.</summary>
    public IEnumerable<ClockSample> ClockSamples => _targets.SelectMany(target => target.Client.ClockSamples);

    /// <summary>What their answers share.</summary>
    public AnswerMemory Memory { get; }

    /// <summary>Name of the connection that a question is asked on.</summary>
    public string? NameOf(PlannedQuestion question) => question.Connection ?? _only;

    /// <summary>Who carries a question to its end.</summary>
    public QuestionRunner RunnerOf(PlannedQuestion question) => _runners[NameOf(question)!];
}
