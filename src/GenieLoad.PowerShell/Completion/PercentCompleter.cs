namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a percentage.</summary>
public sealed class PercentCompleter() : ExampleCompleter(
    ("1", "1 %"),
    ("5", "5 %"),
    ("10", "10 %"));
