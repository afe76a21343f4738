namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a parameter that takes any text and has no examples, so that PowerShell offers no files for it.</summary>
public sealed class FreeTextCompleter() : ExampleCompleter();
