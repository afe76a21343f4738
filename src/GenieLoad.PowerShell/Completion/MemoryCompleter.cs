namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes an amount of memory, as Kubernetes writes it.</summary>
public sealed class MemoryCompleter() : ExampleCompleter(
    ("512Mi", "half a gibibyte"),
    ("1Gi", "one gibibyte"),
    ("4Gi", "four gibibytes"));
