namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a script that returns a token.</summary>
public sealed class TokenProviderCompleter() : ExampleCompleter(
    ("{ Get-AzAccessToken -ResourceUrl 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d }", "of the Az login"));
