namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the part of a plan.</summary>
public sealed class ShardCompleter() : ExampleCompleter(
    ("1/2", "first of two places"),
    ("2/2", "second of two places"),
    ("1/4", "first of four places"));
