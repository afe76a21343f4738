using System.Management.Automation;
using GenieLoad.Engine.Durations;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>Lets a <see cref="DateTime"/> parameter be given as a duration before now, such as <c>'7d'</c>, or as a date.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SinceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Reads what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A local <see cref="DateTime"/>, as everything that PowerShell compares.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">Neither a duration nor a date.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return SinceText.Parse(TypedNumber.Read(inputData), DateTime.UtcNow).ToLocalTime();
        }
        catch (GenieLoadException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.Recommendation}", exception);
        }
    }
}
