using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Commands;

namespace GenieLoad.PowerShell.Input;

/// <summary>Lets a simulator be given by its id.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SimulatorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Finds the simulator of an id.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The simulator of an id; else what was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">None with this id runs; the inner exception is the error.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return InputConversion.Unwrap(inputData) is int id ? RunningSimulators.Find(id).ToModel() : inputData;
        }
        catch (GenieLoadException error)
        {
            throw new ArgumentTransformationMetadataException($"{error.Message} {error.Recommendation}", error);
        }
    }
}
