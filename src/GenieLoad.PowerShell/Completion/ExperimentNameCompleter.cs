namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the name of an MLflow experiment.</summary>
public sealed class ExperimentNameCompleter() : ExampleCompleter(
    ("'/Shared/genieload'", "an experiment that everybody in the workspace sees"),
    ("'/Users/you@example.com/genieload'", "an experiment of your own"));
