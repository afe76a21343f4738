using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Options;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>An evaluation as somebody asks for it.</summary>
public sealed record EvaluationRequest
{
    /// <summary>Most benchmarks that a space can have.</summary>
    public const int MostBenchmarks = 500;

    /// <summary>Space to evaluate; that of the connection unless given.</summary>
    public string? SpaceId { get; init; }

    /// <summary>The benchmarks; none for all of the space.</summary>
    public IReadOnlyList<string> BenchmarkIds { get; init; } = [];

    /// <summary>An evaluation that was started before, to wait for and read; <see langword="null"/> to start one.</summary>
    public string? EvaluationId { get; init; }

    /// <summary>Longest wait for its end in seconds, 1 to 86,400.</summary>
    public double TimeoutSeconds { get; init; } = 3600;

    /// <summary>Longest wait between two looks in seconds, 0.1 to 600; the first waits are shorter.</summary>
    public double PollSeconds { get; init; } = 5;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>InvalidId</c>, naming the field and the value.</exception>
    public void Validate()
    {
        OptionRange.Check(nameof(TimeoutSeconds), TimeoutSeconds, 1, 86_400);
        OptionRange.Check(nameof(PollSeconds), PollSeconds, 0.1, 600);
        foreach (string id in BenchmarkIds)
            GenieErrors.CheckId("BenchmarkId", id);
        if (EvaluationId is not null)
            GenieErrors.CheckId(nameof(EvaluationId), EvaluationId);
    }
}
