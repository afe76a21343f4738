using System.Globalization;
using System.Management.Automation;
using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets an <see cref="Encoding"/> parameter be given by a name of PowerShell's (<c>ansi</c>, <c>utf8</c>), by a registered one, or by the
/// number of a code page.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Finds the encoding.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// There is none of the name; the inner exception is the error itself.
    /// </exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return InputConversion.Unwrap(inputData) switch
            {
                string name => TextEncoding.Of(name),
                int page => TextEncoding.Of(page.ToString(CultureInfo.InvariantCulture)),
                _ => inputData,
            };
        }
        catch (GenieLoadException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.Recommendation}", exception);
        }
    }
}
