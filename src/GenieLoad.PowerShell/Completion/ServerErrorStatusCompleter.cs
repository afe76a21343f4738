namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a status of a server's failure.</summary>
public sealed class ServerErrorStatusCompleter() : ExampleCompleter(
    ("500", "Internal Server Error"),
    ("502", "Bad Gateway"),
    ("503", "Service Unavailable"),
    ("504", "Gateway Timeout"));
