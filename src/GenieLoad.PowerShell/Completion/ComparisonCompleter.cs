namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a comparison.</summary>
public sealed class ComparisonCompleter() : ExampleCompleter(
    ("(Compare-GenieRun)", "the two newest runs of a scenario"));
