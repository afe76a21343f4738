using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.PowerShell.Completion;

namespace GenieLoad.PowerShell.Commands;

/// <summary>What is in the simulated spaces, and who may see it.</summary>
public sealed partial class StartGenieSimulatorCommand
{
    /// <inheritdoc cref="SimulatorOptions.SpaceRight"/>
    [Parameter(HelpMessage = "Your permission on the spaces: CanRun, CanEdit or CanManage; CanManage when left out.")]
    [ValidateSet("CanRun", "CanEdit", "CanManage")]
    public string SpaceRight { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.BenchmarkCount"/>
    [Parameter(HelpMessage = "Benchmark questions of each space, 0 to 500; 12 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int BenchmarkCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.SpaceVersion"/>
    [Parameter(HelpMessage = "Edition of the spaces' instructions, 1 to 1,000; another one is a changed space. 1 when left out.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int SpaceVersion { get; set; }
}
