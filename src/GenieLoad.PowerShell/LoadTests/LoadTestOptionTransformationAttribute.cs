using System.Collections;
using System.Management.Automation;
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
    /// <exception cref="ArgumentTransformationMetadataException">A name or a value is wrong; the inner exception is the error.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        if (InputConversion.Unwrap(inputData) is not IDictionary given)
            return inputData;
        try
        {
            return Read(engineIntrinsics, given);
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
            throw InputErrors.InvalidOptionValue(error.Message);
        }
    }
}
