namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes how many questions may fail.</summary>
public sealed class FailureLimitCompleter() : ExampleCompleter(
    ("1", "at the first failure"),
    ("5", "5 failures"),
    ("'10%'", "a tenth of the questions, looked at from the tenth on"));
