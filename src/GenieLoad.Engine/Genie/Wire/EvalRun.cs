using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>What is sent to evaluate benchmarks.</summary>
/// <param name="BenchmarkQuestionIds">The benchmarks; <see langword="null"/> for all of the space.</param>
public sealed record EvalRunRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? BenchmarkQuestionIds);

/// <summary>A page of evaluations.</summary>
public sealed class EvalRunPage
{
    /// <summary>The evaluations.</summary>
    [JsonConverter(typeof(LenientList<EvalRun>))]
    public List<EvalRun>? EvalRuns { get; init; }

    /// <summary>Token of the next page; absent or empty after the last.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>An evaluation of benchmarks.</summary>
public sealed class EvalRun
{
    /// <summary>Its id.</summary>
    public string? EvalRunId { get; init; }

    /// <summary>NOT_STARTED, RUNNING, DONE, EVALUATION_FAILED, EVALUATION_CANCELLED or EVALUATION_TIMEOUT.</summary>
    public string? EvalRunStatus { get; init; }

    /// <summary>Benchmarks in it.</summary>
    public int? NumQuestions { get; init; }

    /// <summary>Benchmarks that are judged.</summary>
    public int? NumDone { get; init; }

    /// <summary>Of these, answered right.</summary>
    public int? NumCorrect { get; init; }

    /// <summary>Of these, left to people.</summary>
    public int? NumNeedsReview { get; init; }

    /// <summary>When it was made, epoch milliseconds.</summary>
    public long? CreatedTimestamp { get; init; }

    /// <summary>When it changed last, epoch milliseconds.</summary>
    public long? LastUpdatedTimestamp { get; init; }
}
