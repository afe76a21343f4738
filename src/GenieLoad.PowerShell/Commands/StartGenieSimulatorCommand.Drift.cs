using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Answers of the simulator that are not always the same.</summary>
public sealed partial class StartGenieSimulatorCommand
{
    /// <inheritdoc cref="SimulatorOptions.AnswerDriftShare"/>
    [Parameter(HelpMessage = "Share of answers that differ from the usual one, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double AnswerDriftShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AnswerDriftAbove"/>
    [Parameter(HelpMessage = "Questions in flight above which answers differ. Any number by default.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? AnswerDriftAbove { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AnswerDrift"/>
    [Parameter(HelpMessage = "How those answers differ: Result, Wording, Rounding, Clarification or Failure; Result when left out.")]
    [ValidateSet("Result", "Wording", "Rounding", "Clarification", "Failure")]
    public string AnswerDrift { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.DataChangesAtSeconds"/>
    [Parameter(HelpMessage = "Seconds after the start from which all results are different: the data has changed. Never by default.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double? DataChangesAtSeconds { get; set; }
}
