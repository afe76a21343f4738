namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the weights of connections or modes.</summary>
public sealed class WeightCompleter() : ExampleCompleter(
    ("1, 1", "equal shares"),
    ("3, 1", "three of four to the first"));
