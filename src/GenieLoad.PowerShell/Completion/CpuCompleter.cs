namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes an amount of processor, as Kubernetes writes it.</summary>
public sealed class CpuCompleter() : ExampleCompleter(
    ("500m", "half a processor"),
    ("1", "one processor"),
    ("2", "two processors"));
