using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>A load test as somebody asks for it: nothing of it has been looked at yet.</summary>
public sealed record LoadTestRequest
{
    /// <summary>Shape of the load; <see langword="null"/> for an ad-hoc test.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>What is set over the scenario.</summary>
    public ScenarioOverrides Overrides { get; init; } = new();

    /// <summary>What is asked; <see langword="null"/> for the sample questions.</summary>
    public IReadOnlyList<Question>? Questions { get; init; }

    /// <summary>
    /// How many times faster than recorded the conversations of the questions begin, where the test is a replay (see
    /// <see cref="ReplayPlan"/>); <see langword="null"/> for a test of a scenario.
    /// </summary>
    public double? ReplaySpeed { get; init; }

    /// <summary>
    /// The whole plan, where it was made before: then nothing that makes a plan may be given; <see langword="null"/> to make one.
    /// </summary>
    public Plan? Plan { get; init; }

    /// <summary>When the test begins, and which part of the plan it asks.</summary>
    public RunStart Start { get; init; } = RunStart.Now;

    /// <summary>Name of the test; made of scenario, questions and duration unless given.</summary>
    public string? Name { get; init; }

    /// <summary>Seed of everything random; drawn unless given.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether every question gets an ending of its own, so that no cache can answer.</summary>
    public bool UniqueQuestion { get; init; }

    /// <summary>The connections that share the questions, where there are several.</summary>
    public IReadOnlyList<Connection> Connections { get; init; } = [];

    /// <summary>Their weights, in the same order; <see langword="null"/> for equal shares.</summary>
    public IReadOnlyList<double>? ConnectionWeights { get; init; }

    /// <summary>Space to ask; that of the connection unless given.</summary>
    public string? SpaceId { get; init; }

    /// <summary>What the run is to meet; the scenario's thresholds unless given.</summary>
    public IReadOnlyList<string> Thresholds { get; init; } = [];

    /// <summary>Whether answers are checked against the expected SQL of the questions, which the plan then keeps.</summary>
    public bool CheckAnswer { get; init; }

    /// <summary>Whether a threshold that is missed or undecided fails the test after it is written.</summary>
    public bool FailOnThreshold { get; init; }

    /// <summary>Seconds after which the test ends as soon as a threshold can be met no more; <see langword="null"/> for never.</summary>
    public double? AbortDelaySeconds { get; init; }

    /// <summary>Questions per minute that the workspace takes, for the least time that the plan needs.</summary>
    public double? WorkspaceLimit { get; init; }

    /// <summary>The connection that is asked where none is given, for what the plan may cost; <see langword="null"/> for none.</summary>
    public Connection? Current { get; init; }

    /// <summary>What the user pays for a DBU.</summary>
    public CostPrices Prices { get; init; } = CostPrices.None;

    /// <summary>Where the run is kept.</summary>
    public RunStore Store { get; init; } = new();

    /// <summary>How it is carried out.</summary>
    public SessionOptions Options { get; init; } = new();
}
