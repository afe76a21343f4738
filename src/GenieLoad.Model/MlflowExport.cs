namespace GenieLoad.Model;

/// <summary>What <c>Export-GenieRunToMlflow</c> wrote for one run, and what it read back.</summary>
public sealed class MlflowExport
{
    /// <summary>The run that was exported.</summary>
    public required string RunId { get; init; }

    /// <summary>Address of the tracking server, or path of the local folder.</summary>
    public required string TrackingUri { get; init; }

    /// <summary>Name of the experiment.</summary>
    public required string ExperimentName { get; init; }

    /// <summary>Id of the experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>MLflow's id of the parent run.</summary>
    public required string ParentRunId { get; init; }

    /// <summary>Address of the parent run in the user interface; its folder where there is no server.</summary>
    public required string Url { get; init; }

    /// <summary>What opens the local folder in a browser; <see langword="null"/> with a server.</summary>
    public string? OpenWith { get; init; }

    /// <summary>Whether an export that was there already has been completed; otherwise it is a new one.</summary>
    public required bool Resumed { get; init; }

    /// <summary>Nested runs, one per question, that are there now.</summary>
    public required int QuestionRunCount { get; init; }

    /// <summary>Nested runs written by this call; the others were there already.</summary>
    public required int WrittenQuestionRunCount { get; init; }

    /// <summary>Traces of questions that are there now; 0 without <c>-Trace</c>, or where the server takes none.</summary>
    public required int TraceCount { get; init; }

    /// <summary>Files that are with the runs in MLflow now.</summary>
    public required int ArtifactCount { get; init; }

    /// <summary>Files that MLflow's artifact store did not take; they are in <see cref="KeptPath"/>.</summary>
    public required int KeptArtifactCount { get; init; }

    /// <summary>Folder of the files that were kept on this machine; <see langword="null"/> where there are none.</summary>
    public string? KeptPath { get; init; }

    /// <summary>Warnings given on the way.</summary>
    public required int WarningCount { get; init; }

    /// <summary>
    /// Whether everything that was wanted was read back and compared: runs, params, metrics, tags, the size of every file, and that every
    /// trace is there.
    /// </summary>
    public required bool Verified { get; init; }

    /// <summary>Seconds that the export took.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Parent run and experiment in one line.</summary>
    public override string ToString() => $"{RunId} as {ParentRunId} in {ExperimentName}";
}
