using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Shows the simulators that run in this process, with their figures as they are now.</summary>
[Cmdlet(VerbsCommon.Get, "GenieSimulator")]
[OutputType(typeof(Simulator))]
public sealed class GetGenieSimulatorCommand : GenieCmdlet
{
    /// <summary>Ids of the simulators; all of them when left out.</summary>
    [Parameter(
        Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the simulators. Default: all.")]
    [SimulatorIdTransformation]
    [ArgumentCompleter(typeof(SimulatorIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Id is null)
        {
            foreach (GenieSimulator simulator in RunningSimulators.All)
                WriteObject(simulator.ToModel());
            return;
        }

        foreach (int id in Id)
            Attempt(() => WriteObject(RunningSimulators.Find(id).ToModel()));
    }
}
