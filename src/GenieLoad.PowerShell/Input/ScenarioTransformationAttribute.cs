using System.Collections;
using System.Management.Automation;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Lets a <see cref="Scenario"/> parameter be given as the name of a scenario, the path of a <c>.json</c> or <c>.psd1</c> file that holds
/// one, a hashtable (<c>@{ QuestionCount = 20; Duration = '60s' }</c>, whose name may be left out), or an object with such properties.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ScenarioTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Finds, reads or makes the scenario.</summary>
    /// <param name="engineIntrinsics">The session, whose location relative paths start from.</param>
    /// <param name="inputData">What was given; of a list, each.</param>
    /// <returns>A <see cref="Scenario"/>, an array of them for a list, or <see langword="null"/> for <c>$null</c>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no scenario; the inner exception is the error itself.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        return InputConversion.OfEach<Scenario>(inputData, value => ToScenario(engineIntrinsics, value));
    }

    private static Scenario ToScenario(EngineIntrinsics engineIntrinsics, object? value) => InputConversion.Unwrap(value) switch
    {
        null => ScenarioCatalog.Find(""),
        Scenario scenario => scenario,
        FileInfo file => ScenarioFile.ReadOne(file.FullName, Psd1DataFile.Parse),
        string path when ScenarioFile.HasKnownExtension(path) =>
            ScenarioFile.ReadOne(new PathResolution(engineIntrinsics.SessionState).LiteralFile(path), Psd1DataFile.Parse),
        string question when ScenarioCatalog.TryFind(question) is null && IsOfQuestions(question) =>
            throw InputErrors.QuestionInsteadOfScenario(question),
        string name => ScenarioCatalog.Find(name),
        { } other when InputConversion.IsOurs(other) => throw InputErrors.NotAScenario(other),
        IDictionary fields => FromFields(engineIntrinsics, fields),
        _ => FromFields(engineIntrinsics, InputConversion.Properties(value!)),
    };

    /// <summary>Whether a text is a question, or the name of a file with some: no scenario has such a name.</summary>
    private static bool IsOfQuestions(string text) => text.Trim().Any(char.IsWhiteSpace) || text.Contains('?', StringComparison.Ordinal)
        || Path.GetExtension(text).ToLowerInvariant() is ".txt" or ".csv" or ".tsv" or ".jsonl" or ".ndjson";

    private static Scenario FromFields(EngineIntrinsics engineIntrinsics, IDictionary fields) =>
        ScenarioDraft.FromDictionary(fields, engineIntrinsics.SessionState.Path.CurrentFileSystemLocation.ProviderPath)
            .ToScenario(ScenarioOverrides.AdHocName);
}
