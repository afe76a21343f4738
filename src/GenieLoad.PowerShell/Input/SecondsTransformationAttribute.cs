using System.Management.Automation;
using GenieLoad.Engine.Durations;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// For numbers of seconds and texts with durations in them: <c>1.5s</c>, typed without quotes, is 1.5 and not 2, and a number that may
/// not be
/// what was typed is refused (see <see cref="TypedNumber"/>). Everything else is left to PowerShell.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter is a text, and not a number of seconds.</summary>
    public bool IsText { get; init; }

    /// <summary>Looks at what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>Seconds for a literal with a unit, or for a text what was typed; else what was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">The number may not be what was typed.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = TypedNumber.Read(inputData);
        if (IsText && value is string)
            return value;
        try
        {
            bool wasTyped = value is string && InputConversion.Unwrap(inputData) is not string;
            return wasTyped || DurationText.IsUnquoted(value) ? DurationText.Parse(value).TotalSeconds : inputData;
        }
        catch (GenieLoadException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.Recommendation}", exception);
        }
    }
}
