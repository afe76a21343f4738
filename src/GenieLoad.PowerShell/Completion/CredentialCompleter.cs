namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a name with a password.</summary>
public sealed class CredentialCompleter() : ExampleCompleter(
    ("(Get-Credential)", "asks for both"));
