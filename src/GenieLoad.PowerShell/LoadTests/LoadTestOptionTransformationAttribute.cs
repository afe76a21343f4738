using System.Collections;
using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Names;
using GenieLoad.Model;
using GenieLoad.PowerShell.Commands;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>
/// Lets options be given as a hashtable, <c>@{ MaximumRetry = 2; QuestionTimeout = '5m' }</c>. New-GenieLoadTestOption reads it: PowerShell
/// alone would take 30 for 30 ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LoadTestOptionTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Cmdlet = "New-GenieLoadTestOption";

    /// <summary>Makes the options.</summary>
    /// <param name="engineIntrinsics">The session, in which the cmdlet runs.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>Options for a hashtable; else what was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// It is no hashtable of options, or a name or a value is wrong; the inner exception is the error.
    /// </exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        try
        {
            return InputConversion.Unwrap(inputData) switch
            {
                IDictionary given => Read(engineIntrinsics, given),
                string or ValueType => throw InputErrors.NotOptions(ShownValue.Of(InputConversion.Unwrap(inputData))),
                _ => inputData,
            };
        }
        catch (GenieLoadException error)
        {
            throw new ArgumentTransformationMetadataException($"{error.Message} {error.Recommendation}", error);
        }
    }

    private static object? Read(EngineIntrinsics engine, IDictionary given)
    {
        CmdletInfo cmdlet = new(Cmdlet, typeof(NewGenieLoadTestOptionCommand));
        string[] names = [.. typeof(LoadTestOption).GetProperties().Select(property => property.Name)];
        string[] known = [.. names, .. names.SelectMany(name => cmdlet.Parameters[name].Aliases)];
        foreach (object key in given.Keys)
        {
            if (!known.Contains($"{key}", StringComparer.OrdinalIgnoreCase))
                throw InputErrors.UnknownOption($"{key}", CloseNames.Hint(CloseNames.Of($"{key}", known)), names);
        }

        try
        {
            ScriptBlock script = ScriptBlock.Create("param($cmdlet, $options) & $cmdlet @options");
            return InputConversion.Unwrap(engine.InvokeCommand.InvokeScript(true, script, null, cmdlet, given).Single());
        }
        catch (RuntimeException error)
        {
            throw Refused(cmdlet, given, error);
        }
    }

    private static GenieLoadException Refused(CmdletInfo cmdlet, IDictionary given, RuntimeException error)
    {
        if (error is not ParameterBindingException { ParameterName: string name, InnerException: { } inner })
            return InputErrors.OptionsRefused(error.Message);
        string[] written = [name, .. cmdlet.Parameters[name].Aliases];
        object? key = given.Keys.Cast<object>().FirstOrDefault(key => written.Contains($"{key}", StringComparer.OrdinalIgnoreCase));
        // What PowerShell says of a value that cannot be converted is full of the names of types.
        string value = ShownValue.Of(InputConversion.Unwrap(key is null ? null : given[key]));
        return InputErrors.InvalidOptionValue(name, value, inner is MetadataException ? inner.Message : null);
    }
}
