using System.Collections;
using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Connections;

/// <summary>Lets a space's id be given as the space itself, or as a connection or simulator that has one.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SpaceIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Takes the id of each space.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>What was given, with ids in the place of spaces.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => InputConversion.Unwrap(inputData) switch
    {
        IList list => list.Cast<object?>().Select(IdOf).ToArray(),
        _ => IdOf(inputData),
    };

    private static object? IdOf(object? value) => InputConversion.Unwrap(value) switch
    {
        Space space => space.SpaceId,
        Connection { SpaceId: string id } => id,
        Simulator simulator => simulator.SpaceId,
        _ => value,
    };
}
