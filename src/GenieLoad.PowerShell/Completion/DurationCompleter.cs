namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a duration.</summary>
public sealed class DurationCompleter() : ExampleCompleter(
    ("30", "30 seconds"),
    ("'500ms'", "half a second"),
    ("'90s'", "90 seconds"),
    ("'5m'", "5 minutes"),
    ("'1h30m'", "an hour and a half"));
