namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a stage of a load.</summary>
public sealed class StageCompleter() : ExampleCompleter(
    ("'10/min for 5m'", "10 questions a minute for 5 minutes"),
    ("'30/min for 5m'", "30 questions a minute for 5 minutes"));
