namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a secret.</summary>
public sealed class SecretCompleter() : ExampleCompleter(
    ("(Read-Host -AsSecureString)", "typed in, and never shown"),
    ("(Get-Secret databricks)", "from a vault of SecretManagement"));
