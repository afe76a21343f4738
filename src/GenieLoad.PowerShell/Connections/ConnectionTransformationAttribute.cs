using System.Management.Automation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Connections;

/// <summary>Lets a <see cref="Connection"/> parameter be given by the name that <c>Connect-Genie -Name</c> gave the connection.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Finds the connection.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>What was given, with connections in the place of names.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">None has the name; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        InputConversion.OfEach(inputData, value =>
            InputConversion.Unwrap(value) is string name ? OpenConnections.Find(name) : InputConversion.Unwrap(value));
}
