using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>How evaluations of the benchmarks go.</summary>
public sealed partial class StartGenieSimulatorCommand
{
    /// <inheritdoc cref="SimulatorOptions.EvaluationGoodShare"/>
    [Parameter(HelpMessage = "Share of benchmarks that an evaluation finds answered right, 0 to 1; 1 when left out.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double EvaluationGoodShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.EvaluationBusyGoodShare"/>
    [Parameter(HelpMessage = "The same while the space is busy: see -EvaluationBusyFrom. No difference when left out.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double? EvaluationBusyGoodShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.EvaluationBusyFrom"/>
    [Parameter(HelpMessage = "Questions in progress from which the space counts as busy; 2 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int EvaluationBusyFrom { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BenchmarkWithoutSqlCount"/>
    [Parameter(HelpMessage = "Benchmark questions without SQL, which evaluations leave to people; 0 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int BenchmarkWithoutSqlCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.EvaluationQuestionSeconds"/>
    [Parameter(HelpMessage = "Median seconds that an evaluation takes for one benchmark; 8 when left out.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double EvaluationQuestionSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.EvaluationEnding"/>
    [Parameter(HelpMessage = "How evaluations end: Done, or Failed, Cancelled or Timeout when half of the benchmarks are done.")]
    [ValidateSet("Done", "Failed", "Cancelled", "Timeout")]
    public string EvaluationEnding { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.EvaluationApi"/>
    [Parameter(HelpMessage = "Whether the evaluation API, which is in Beta, is Available, Forbidden (403) or Missing (404).")]
    [ValidateSet("Available", "Forbidden", "Missing")]
    public string EvaluationApi { get; set; } = "";
}
