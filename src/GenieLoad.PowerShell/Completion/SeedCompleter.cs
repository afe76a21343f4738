namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a seed.</summary>
public sealed class SeedCompleter() : ExampleCompleter(
    ("1", "any whole number"),
    ("42", "any whole number"));
