using System.Management.Automation;

namespace GenieLoad.PowerShell.Input;

/// <summary>Lets a list of numbers be given as one text with commas too, as scenarios hold it: <c>3, 1</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NumbersTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Parts a text at its commas.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The parts of a text, for PowerShell to convert; anything else as it was given.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        InputConversion.Unwrap(inputData) is string text ? text.Split(',') : inputData;
}
