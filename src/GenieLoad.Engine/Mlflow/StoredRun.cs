using System.Collections.ObjectModel;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A run as MLflow gives it back.</summary>
internal sealed record StoredRun
{
    /// <summary>MLflow's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Id of its experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>One of <see cref="MlflowRunStatus"/>, or another of MLflow's.</summary>
    public string? Status { get; init; }

    /// <summary>Start, in Unix milliseconds.</summary>
    public long? StartTime { get; init; }

    /// <summary>End, in Unix milliseconds.</summary>
    public long? EndTime { get; init; }

    /// <summary>Where its files go.</summary>
    public string ArtifactUri { get; init; } = "";

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Params.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The latest point of each metric.</summary>
    public IReadOnlyDictionary<string, MetricPoint> Metrics { get; init; } = ReadOnlyDictionary<string, MetricPoint>.Empty;

    /// <summary>What of it is needed to find its files.</summary>
    public StoredRun Address() => new() { RunId = RunId, ExperimentId = ExperimentId, ArtifactUri = ArtifactUri };

    /// <summary>A tag's value; <see langword="null"/> where it is not set.</summary>
    public string? Tag(string key) => Tags.TryGetValue(key, out string? value) ? value : null;
}
