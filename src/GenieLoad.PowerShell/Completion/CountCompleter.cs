namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a count.</summary>
public sealed class CountCompleter() : ExampleCompleter(
    ("1", "one"),
    ("10", "ten"),
    ("50", "fifty"),
    ("200", "two hundred"));
