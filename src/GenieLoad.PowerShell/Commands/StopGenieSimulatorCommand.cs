using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Stops simulators.</summary>
[Cmdlet(VerbsLifecycle.Stop, "GenieSimulator", DefaultParameterSetName = IdSet, SupportsShouldProcess = true)]
[OutputType(typeof(Simulator))]
public sealed class StopGenieSimulatorCommand : GenieCmdlet
{
    private const string IdSet = "Id";
    private const string AllSet = "All";

    /// <summary>Ids of the simulators to stop; the only one when left out.</summary>
    [Parameter(
        Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the simulators to stop, as shown by Get-GenieSimulator. Not needed if only one is running.")]
    [SimulatorIdTransformation]
    [ArgumentCompleter(typeof(SimulatorIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? Id { get; set; }

    /// <summary>Stops every simulator of this process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet, HelpMessage = "Stop all simulators in this process.")]
    public SwitchParameter All { get; set; }

    /// <summary>Writes each simulator with its last figures.</summary>
    [Parameter(HelpMessage = "Return each simulator with its final counts.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == AllSet)
        {
            foreach (GenieSimulator simulator in RunningSimulators.All)
                StopOne(simulator);
            return;
        }

        foreach (int id in Id ?? [RunningSimulators.Only().Id])
            Attempt(() => StopOne(RunningSimulators.Find(id)));
    }

    private void StopOne(GenieSimulator simulator)
    {
        if (!ShouldProcess($"Simulator {simulator.Id} at {simulator.Uri}", "Stop"))
            return;
        RunningSimulators.Stop(simulator);
        if (PassThru)
            WriteObject(simulator.ToModel());
    }
}
