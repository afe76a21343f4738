using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.PowerShell.Completion;

namespace GenieLoad.PowerShell.Commands;

/// <summary>What people have asked the simulated spaces before.</summary>
public sealed partial class StartGenieSimulatorCommand
{
    /// <inheritdoc cref="SimulatorOptions.PastConversationCount"/>
    [Parameter(HelpMessage = "Conversations that each space has from before the start, 0 to 10,000; none when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int PastConversationCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.PastDays"/>
    [Parameter(HelpMessage = "Days before the start in which they were held, 1 to 365; 14 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int PastDays { get; set; }
}
