namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a scenario of one's own.</summary>
public sealed class ScenarioObjectCompleter() : ExampleCompleter(
    ("(Import-GenieScenario scenarios.json)", "from a file"),
    ("(New-GenieScenario my_test 20 60s)", "made here"));
