using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Everything about a run that is known before its first question, the plan apart.</summary>
public sealed record RunHeader
{
    /// <summary>Identity of the run, also the name of its folder.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the test, such as <c>high_load_35q_30s</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the scenario; <c>custom_adhoc_test</c> without one.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>Workspace that is asked; of several connections, all of them, parted by <c>, </c>.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Space that is asked; of several connections, all of them, parted by <c>, </c>.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Whether it is a simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Instant from which the plan counts, UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>How answers were polled for, in words; part of what the times mean.</summary>
    public string? PollPolicy { get; init; }

    /// <summary>How calls were tried again, in words; <see langword="null"/> in runs of versions that did not keep it.</summary>
    public string? RetryPolicy { get; init; }

    /// <summary>The connections that are asked; <see langword="null"/> in runs of versions that did not keep them.</summary>
    public RowList<RunConnection>? Connections { get; init; }

    /// <summary>Hash of the plan; <see langword="null"/> in runs of versions that did not have it.</summary>
    public string? PlanHash { get; init; }

    /// <summary>What the expected SQL gave at the start, where answers are checked; <see langword="null"/> where they are not.</summary>
    public RowList<ExpectedAnswer>? ExpectedAnswers { get; init; }

    /// <summary>Which part of the plan is asked, such as <c>2/4</c>; <see langword="null"/> for all of it.</summary>
    public string? Shard { get; init; }

    /// <summary>Place that a shard asks from; <see langword="null"/> otherwise.</summary>
    public string? Place { get; init; }

    /// <summary>Seconds by which it began after the instant set for it; <see langword="null"/> where none was set.</summary>
    public double? StartLagSeconds { get; init; }

    /// <summary>The shards of a merged run; <see langword="null"/> for others.</summary>
    public RowList<RunShard>? Shards { get; init; }

    /// <summary>Version of GenieLoad that runs it; this one unless said otherwise.</summary>
    public string GenieLoadVersion { get; init; } = typeof(RunHeader).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The instant some seconds after the start, UTC.</summary>
    /// <param name="offsetSeconds">The seconds.</param>
    // Cut to the tick as the clock of the run cuts, so that a run read back is the run as it was shown. AddSeconds rounds.
    internal DateTime Instant(double offsetSeconds) => StartedAt.AddTicks((long)(offsetSeconds * TimeSpan.TicksPerSecond));
}
