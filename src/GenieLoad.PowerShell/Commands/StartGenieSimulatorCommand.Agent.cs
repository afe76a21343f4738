using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>How questions go that are asked in agent mode.</summary>
public sealed partial class StartGenieSimulatorCommand
{
    /// <inheritdoc cref="SimulatorOptions.AgentApi"/>
    [Parameter(HelpMessage = "Whether the API of agent mode, which is in Beta, is Available, Disabled (404) or Forbidden (403).")]
    [ValidateSet("Available", "Disabled", "Forbidden")]
    public string AgentApi { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.AgentAcknowledgeSeconds"/>
    [Parameter(HelpMessage = "Median seconds until an agent's stream says that the question is accepted; 1 when left out.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double AgentAcknowledgeSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentThinkingSeconds"/>
    [Parameter(HelpMessage = "Median seconds that an agent thinks before each step; 6 when left out.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double AgentThinkingSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentStatementCount"/>
    [Parameter(HelpMessage = "Mean number of statements that an agent runs for an answer, 1 to 50; 3 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int AgentStatementCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentParallelShare"/>
    [Parameter(HelpMessage = "Share of an agent's steps that run two statements side by side, 0 to 1; 0.2 when left out.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double AgentParallelShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentWritingSeconds"/>
    [Parameter(HelpMessage = "Median seconds that an agent writes its answer; 5 when left out.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double AgentWritingSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentIncompleteShare"/>
    [Parameter(HelpMessage = "Share of agents' answers that end as incomplete, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double AgentIncompleteShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentTruncatedShare"/>
    [Parameter(HelpMessage = "Share of agents' streams that end before the answer, without an error, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double AgentTruncatedShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentRepeatedItems"/>
    [Parameter(HelpMessage = "Agents' streams tell each item a third time, as updated.")]
    public SwitchParameter AgentRepeatedItems { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AgentKeepAliveSeconds"/>
    [Parameter(HelpMessage = "Seconds of silence after which an agent's stream sends a comment; 15 when left out, 0 for never.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double AgentKeepAliveSeconds { get; set; }
}
