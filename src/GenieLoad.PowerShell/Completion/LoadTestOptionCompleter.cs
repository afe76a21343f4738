namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the options of a load test.</summary>
public sealed class LoadTestOptionCompleter() : ExampleCompleter(
    ("(New-GenieLoadTestOption -MaximumRetry 2)", "options to keep in a variable"),
    ("@{ MaximumRetry = 2 }", "the same as a hashtable"));
