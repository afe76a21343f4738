using System.Management.Automation;
using GenieLoad.Engine.Durations;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets a <see cref="TimeSpan"/> parameter be given as <c>30</c> (seconds), <c>'30s'</c>, <c>'2m'</c>, <c>'1h30m'</c> or
/// <c>'00:00:30'</c>. Without it PowerShell reads the number 30 as 30 ticks, which is 3 microseconds. A
/// number that may not be what was typed is refused: see <see cref="TypedNumber"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Reads what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>
    /// A <see cref="TimeSpan"/>, or <see langword="null"/> for <c>$null</c> or a blank text, which the parameter's own rules then judge.
    /// </returns>
    /// <exception cref="ArgumentTransformationMetadataException">Not a duration.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = TypedNumber.Read(inputData);
        try
        {
            // A blank cell of a table is nothing given.
            return value is null || (value is string text && string.IsNullOrWhiteSpace(text)) ? null : DurationText.Parse(value);
        }
        catch (GenieLoadException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.Recommendation}", exception);
        }
    }
}
