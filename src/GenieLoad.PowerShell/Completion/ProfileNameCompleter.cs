using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the names of the profiles in the <c>.databrickscfg</c> file, with their hosts as tooltip.</summary>
public sealed class ProfileNameCompleter : IArgumentCompleter
{
    /// <summary>The profiles whose names begin with what has been typed; none where there is no readable file.</summary>
    /// <param name="commandName">Not used.</param>
    /// <param name="parameterName">Not used.</param>
    /// <param name="wordToComplete">What has been typed.</param>
    /// <param name="commandAst">Not used.</param>
    /// <param name="fakeBoundParameters">Not used.</param>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            ProfileFile file = ProfileFile.Read(ProfileFile.DefaultPath(Environment.GetEnvironmentVariable));
            return [.. file.Names
                .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(
                    name, name, CompletionResultType.ParameterValue, file.Find(name)!.GetValueOrDefault("host") ?? name))];
        }
        catch (GenieLoadException)
        {
            // Tab must never fail; the cmdlet itself says what is wrong with the file.
            return [];
        }
    }
}
