namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the address of a workspace.</summary>
public sealed class WorkspaceUrlCompleter() : ExampleCompleter(
    ("https://adb-1234567890123456.7.azuredatabricks.net", "Azure"),
    ("https://dbc-a1b2c3d4-e5f6.cloud.databricks.com", "AWS"),
    ("https://1234567890123456.7.gcp.databricks.com", "Google Cloud"));
