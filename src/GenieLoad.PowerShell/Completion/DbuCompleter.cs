namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes an amount of DBU.</summary>
public sealed class DbuCompleter() : ExampleCompleter(
    ("5", "5 DBU"),
    ("20", "20 DBU"),
    ("100", "100 DBU"));
