namespace GenieLoad.Model;

/// <summary>How the results of the shards of a Kubernetes job leave the cluster.</summary>
public enum KubernetesResult
{
    /// <summary>As a block of text at the end of the log of each pod.</summary>
    Log,

    /// <summary>As a folder on a volume.</summary>
    Volume,

    /// <summary>As a run in MLflow for each shard.</summary>
    Mlflow,
}
