namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a rate.</summary>
public sealed class RateCompleter() : ExampleCompleter(
    ("'5/min'", "5 questions a minute"),
    ("'20/min'", "20 questions a minute"),
    ("'0.5/s'", "one question every 2 seconds"),
    ("'300/h'", "300 questions an hour"));
