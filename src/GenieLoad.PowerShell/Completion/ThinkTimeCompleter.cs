namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a time to think.</summary>
public sealed class ThinkTimeCompleter() : ExampleCompleter(
    ("'5s'", "5 seconds"),
    ("'2s-10s'", "drawn between 2 and 10 seconds for each question"));
