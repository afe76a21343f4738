namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the spread of latencies.</summary>
public sealed class SpreadCompleter() : ExampleCompleter(
    ("0", "all alike"),
    ("0.3", "a little"),
    ("1", "wide"));
