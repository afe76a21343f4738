namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes questions per minute.</summary>
public sealed class PerMinuteCompleter() : ExampleCompleter(
    ("5", "what Genie's API took when Databricks last documented it"),
    ("20", "what the Genie page takes of all users of a workspace together"),
    ("0.5", "one question every two minutes"));
