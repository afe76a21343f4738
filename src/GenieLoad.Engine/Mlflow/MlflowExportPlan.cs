using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What an export is going to do, found out without writing anything.</summary>
public sealed class MlflowExportPlan
{
    internal MlflowExportPlan(
        LoadRun run, string location, string experimentName, ExperimentEntry? experiment, StoredRun? parent, bool traces)
    {
        Run = run;
        Location = location;
        ExperimentName = experimentName;
        Experiment = experiment;
        Parent = parent;
        WritesTraces = traces;
    }

    /// <summary>Address of the server, or path of the folder.</summary>
    public string Location { get; }

    /// <summary>Name of the experiment.</summary>
    public string ExperimentName { get; }

    /// <summary>Whether the experiment is to be made.</summary>
    public bool CreatesExperiment => Experiment is null;

    /// <summary>Whether the experiment is to be taken out of MLflow's trash.</summary>
    public bool RestoresExperiment => Experiment?.IsDeleted == true;

    /// <summary>Whether an export of this run is there, and is to be completed.</summary>
    public bool Resumes => Parent is not null;

    /// <summary>Whether the questions are written as traces too.</summary>
    public bool WritesTraces { get; }

    /// <summary>What is going to be done, in one sentence.</summary>
    public string Description =>
        $"{(Resumes ? $"Complete the export of run {Run.RunId}" : $"Export run {Run.RunId}")} with {Run.QuestionCount} questions"
        + (WritesTraces ? " and their traces" : "")
        + (CreatesExperiment ? " into a new experiment" : RestoresExperiment ? " into the deleted experiment, which is restored" : "");

    internal LoadRun Run { get; }

    internal ExperimentEntry? Experiment { get; }

    internal StoredRun? Parent { get; }
}
