using System.Collections;
using System.Management.Automation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>Refuses an object of this module where a path is wanted: PowerShell would take its text for the name of a file.</summary>
/// <param name="example">The command as it is meant.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PathTransformationAttribute(string example) : ArgumentTransformationAttribute
{
    /// <summary>The command as it is meant.</summary>
    public string Example { get; } = example;

    /// <summary>What is wanted there.</summary>
    public string Wanted { get; init; } = "a path";

    /// <summary>Looks at what was given.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given; of a list, each is looked at.</param>
    /// <returns>What was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is an object; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = InputConversion.Unwrap(inputData);
        foreach (object? item in value is IList list ? list : new[] { value })
        {
            if (InputConversion.Unwrap(item) is { } given && InputConversion.IsOurs(given))
            {
                GenieLoadException error = InputErrors.ObjectInsteadOfPath(given, Wanted, Example);
                throw new ArgumentTransformationMetadataException($"{error.Message} {error.Recommendation}", error);
            }
        }

        return inputData;
    }
}
