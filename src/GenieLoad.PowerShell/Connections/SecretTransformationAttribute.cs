using System.Management.Automation;
using System.Security;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Connections;

/// <summary>
/// Says of a <see cref="SecureString"/> parameter that was given as plain text what to do instead. PowerShell's own error would only speak
/// of types, and would show the secret.
/// </summary>
/// <param name="variable">Environment variable that may hold the secret instead.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretTransformationAttribute(string variable) : ArgumentTransformationAttribute
{
    /// <summary>Environment variable that may hold the secret instead.</summary>
    public string Variable { get; } = variable;

    /// <summary>Refuses a text; leaves everything else as it is.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is a text; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (InputConversion.Unwrap(inputData) is not string secret)
            return inputData;
        LiveSecrets.Learn(secret);
        GenieLoadException error = ConnectionErrors.SecretAsPlainText(Variable);
        throw new ArgumentTransformationMetadataException($"{error.Message} {error.Recommendation}", error);
    }
}
