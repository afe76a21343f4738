namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a share.</summary>
public sealed class ShareCompleter() : ExampleCompleter(
    ("0.05", "one in twenty"),
    ("0.2", "one in five"),
    ("1", "all"));
