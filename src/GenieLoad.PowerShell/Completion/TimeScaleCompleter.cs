namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a time scale.</summary>
public sealed class TimeScaleCompleter() : ExampleCompleter(
    ("1", "as in life"),
    ("10", "ten times faster"),
    ("100", "a hundred times faster"));
