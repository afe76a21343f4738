using System.Management.Automation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>Lets a simulator's id be given as the simulator itself.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SimulatorIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Takes the id of each simulator among what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>What was given, with ids in the place of simulators.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        InputConversion.Unwrap(inputData) switch
        {
            Simulator simulator => simulator.Id,
            object[] list => list.Select(item => InputConversion.Unwrap(item) is Simulator simulator ? simulator.Id : item).ToArray(),
            _ => inputData,
        };
}
