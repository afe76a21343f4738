using System.Management.Automation;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Stops the simulators of a session that removes the module.</summary>
public sealed class SimulatorCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell on every removal, and before an import that is forced.</summary>
    /// <param name="psModuleInfo">The module that goes.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => RunningSimulators.StopAllOfThisSession();
}
