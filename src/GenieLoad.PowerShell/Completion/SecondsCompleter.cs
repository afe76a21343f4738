namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a number of seconds.</summary>
public sealed class SecondsCompleter() : ExampleCompleter(
    ("0.5", "half a second"),
    ("2", "2 seconds"),
    ("10", "10 seconds"),
    ("60", "a minute"));
