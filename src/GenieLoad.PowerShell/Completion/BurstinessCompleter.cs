namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a burstiness.</summary>
public sealed class BurstinessCompleter() : ExampleCompleter(
    ("0.5", "more even than Poisson"),
    ("1", "Poisson"),
    ("5", "in bursts"));
