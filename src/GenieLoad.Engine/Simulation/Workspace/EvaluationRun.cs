using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A benchmark in an evaluation.</summary>
/// <param name="ResultId">Id of its result.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="StartsAt">Instant at which it is asked.</param>
/// <param name="EndsAt">Instant at which it is judged.</param>
/// <param name="Luck">Number from 0 to 1 that decides whether it is answered right.</param>
/// <param name="Reason">Why it is wrong, where it is.</param>
internal sealed record EvaluatedBenchmark(
    string ResultId, SimulatedBenchmark Benchmark, long StartsAt, long EndsAt, double Luck, string Reason);

/// <summary>An evaluation as the simulated service keeps it: everything but the verdicts is decided when it is accepted.</summary>
internal sealed class EvaluationRun
{
    public required string Id { get; init; }

    /// <summary>Which evaluation of the workspace it is, from 1.</summary>
    public required int Number { get; init; }

    public required string SpaceId { get; init; }

    public required long AcceptedAt { get; init; }

    /// <summary>Instant until which it has not begun.</summary>
    public required long RunsFrom { get; init; }

    public required long EndsAt { get; init; }

    public required string FinalStatus { get; init; }

    public required IReadOnlyList<EvaluatedBenchmark> Benchmarks { get; init; }

    public string StatusAt(long now) => now >= EndsAt ? FinalStatus : now >= RunsFrom ? "RUNNING" : "NOT_STARTED";

    public bool IsDoneAt(EvaluatedBenchmark one, long now) => one.EndsAt <= Math.Min(now, EndsAt);

    public string StatusAt(EvaluatedBenchmark one, long now) =>
        IsDoneAt(one, now) ? "DONE" : now >= EndsAt ? FinalStatus : now >= one.StartsAt ? "RUNNING" : "NOT_STARTED";

    /// <summary>Instant of the last change that shows.</summary>
    public long LastChangeAt(long now) => now >= EndsAt ? EndsAt
        : Benchmarks.Where(one => IsDoneAt(one, now)).Select(one => one.EndsAt).Append(now >= RunsFrom ? RunsFrom : AcceptedAt).Max();
}
