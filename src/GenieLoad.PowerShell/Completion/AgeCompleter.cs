namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes an age in days.</summary>
public sealed class AgeCompleter() : ExampleCompleter(
    ("'7d'", "a week"),
    ("'30d'", "30 days"),
    ("'90d'", "90 days"));
