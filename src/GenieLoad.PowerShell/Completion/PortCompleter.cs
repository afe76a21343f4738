namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a port of this machine.</summary>
public sealed class PortCompleter() : ExampleCompleter(
    ("8642", "always the same port, such as for a tunnel"),
    ("50642", "the same, among those that programs seldom use"));
