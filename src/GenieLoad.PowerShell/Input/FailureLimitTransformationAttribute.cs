using System.Management.Automation;

namespace GenieLoad.PowerShell.Input;

/// <summary>Lets a <see cref="FailureLimit"/> be given as a number or a text such as <c>'10%'</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FailureLimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Reads the limit.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is none; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        InputConversion.OfEach(inputData, value => InputConversion.Unwrap(value) as FailureLimit
            ?? FailureLimit.Parse(FormattableString.Invariant($"{InputConversion.Unwrap(value)}")));
}
