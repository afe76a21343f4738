namespace GenieLoad.Model;

/// <summary>Where the full API responses of a run go in MLflow.</summary>
public enum ResponseArtifact
{
    /// <summary>Each question's response with its own nested run, and all of them with the parent.</summary>
    PerQuestion,

    /// <summary>All of them with the parent run only: one upload less for each question.</summary>
    Parent,

    /// <summary>Nowhere.</summary>
    None,
}
