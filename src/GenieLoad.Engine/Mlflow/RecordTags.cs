using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>The tags by which runs are found again and filtered. Those in MLflow's own name space are read by its user interface.</summary>
internal static class RecordTags
{
    /// <summary>On a parent: the id of the GenieLoad run.</summary>
    public const string LoadRun = "genieload.load_run";

    /// <summary>On parent and children: which export they belong to.</summary>
    public const string Export = "genieload.export";

    /// <summary>On a parent: when the export began, so that the newest of several is known.</summary>
    public const string ExportedAt = "genieload.exported_at";

    /// <summary>On a parent: <c>writing</c>, then <c>complete</c>.</summary>
    public const string State = "genieload.state";

    public const string Writing = "writing";

    public const string Complete = "complete";

    /// <summary>On a run whose files could not be stored: why.</summary>
    public const string Artifacts = "genieload.artifacts";

    /// <summary>What every run carries.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Common(LoadRun run, string export, string key, string user)
    {
        yield return new(RunRecord.KeyTag, key);
        yield return new(Export, export);
        yield return new("scenario", run.ScenarioName);
        yield return new("test_name", run.Name);
        yield return new("mlflow.user", user);
        yield return new("mlflow.source.name", "GenieLoad");
        yield return new("mlflow.source.type", "LOCAL");
    }
}
