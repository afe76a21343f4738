using System.Collections;
using System.Globalization;
using GenieLoad.Engine.Names;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>One field of a scenario as it was written.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Value">Text, number, <see cref="TimeSpan"/> or <see langword="null"/>.</param>
/// <param name="Line">Line of the file, from 1; <see langword="null"/> when it did not come from a file.</param>
public sealed record ScenarioField(string Name, object? Value, int? Line = null);

/// <summary>
/// A scenario as somebody wrote it, in a JSON file, a psd1 file or a hashtable, before it is checked. Knows the lines, so that an error
/// can name them. Names of fields are free in case, <c>_</c> and <c>-</c>: <c>question_count</c> is <c>QuestionCount</c>.
/// </summary>
/// <param name="fields">The fields, in the order they were written.</param>
/// <param name="source">Path of the file; <see langword="null"/> when it did not come from a file.</param>
/// <param name="line">Line on which the scenario begins, from 1.</param>
/// <param name="folder">Where relative paths in it start from; that of the file, or the process's, when left out.</param>
/// <param name="areParameters">Whether the fields are the parameters of a cmdlet.</param>
public sealed class ScenarioDraft(
    IReadOnlyList<ScenarioField> fields, string? source = null, int? line = null, string? folder = null, bool areParameters = false)
{
    private static readonly string[] WaysToCount =
    [
        ScenarioFields.QuestionCount, ScenarioFields.Rate, ScenarioFields.Duration, ScenarioFields.Stages, ScenarioFields.ReplayPath,
        ScenarioFields.UserCount, ScenarioFields.QuestionsPerUser,
    ];

    private readonly string _folder = folder ?? Path.GetDirectoryName(Path.GetFullPath(source ?? "x"))!;

    /// <summary>A draft of a dictionary, such as a PowerShell hashtable.</summary>
    /// <param name="fields">Names and values.</param>
    /// <param name="folder">Where relative paths in it start from.</param>
    public static ScenarioDraft FromDictionary(IDictionary fields, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        List<ScenarioField> list = [];
        foreach (DictionaryEntry pair in fields)
            list.Add(new ScenarioField(Convert.ToString(pair.Key, CultureInfo.InvariantCulture) ?? "", pair.Value));
        return new ScenarioDraft(list, folder: folder);
    }

    /// <summary>
    /// The checked scenario. Without a duration and a rate it is immediate; without workers it has at most 10. Where a rate and a duration
    /// are given, the number of questions follows from them.
    /// </summary>
    /// <param name="defaultName">Name when the draft has none; <see langword="null"/> makes that an error.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownScenarioField</c>, <c>DuplicateScenarioField</c>, <c>MissingScenarioField</c>, or an error of
    /// <see cref="ScenarioRules"/>; each names file and line where there is one.
    /// </exception>
    public Scenario ToScenario(string? defaultName = null)
    {
        Dictionary<string, ScenarioField> written = Sort();
        if (defaultName is null && !written.ContainsKey(ScenarioFields.Name))
            throw ScenariosErrors.MissingScenarioField(ScenarioFields.Name, Place(line));
        Scenario scenario = ScenarioRules.Blank(defaultName ?? "");
        foreach (ScenarioFieldRule rule in ScenarioFields.All)
        {
            if (written.TryGetValue(rule.Name, out ScenarioField? field))
                scenario = Take(scenario, rule, new ScenarioValue(rule.Name, field.Value, Place(field.Line), _folder));
        }
        Arrival.CheckNamed(scenario, Place(written.GetValueOrDefault(ScenarioFields.Arrival)?.Line ?? line));
        return ScenarioRules.Complete(
            scenario, Place(line), shape => NoCount(shape, written.GetValueOrDefault(ScenarioFields.QuestionCount)));
    }

    internal ScenarioPlace Place(int? lineOf) =>
        areParameters ? ScenarioPlace.Parameters : ScenarioPlace.InFile(source, lineOf);

    internal int? NameLine => fields.FirstOrDefault(given => ScenarioFields.Canonical(given.Name) == ScenarioFields.Name)?.Line ?? line;

    private GenieLoadException NoCount(Scenario shape, ScenarioField? empty)
    {
        ScenarioPlace place = Place(empty?.Line ?? line);
        if (place.IsFile)
        {
            return empty is null
                ? ScenariosErrors.MissingScenarioField(ScenarioFields.QuestionCount, place)
                : ScenariosErrors.InvalidQuestionCount(empty.Value, place);
        }

        string[] ways = [.. WaysToCount.Select(place.Name)];
        return ScenariosErrors.QuestionCountMissing(
            shape, place, $"Give {ways[0]}, {ways[1]} and {ways[2]}, {ways[3]}, {ways[4]}, or {ways[5]} and {ways[6]}.");
    }

    private static Scenario Take(Scenario scenario, ScenarioFieldRule rule, ScenarioValue value)
    {
        if (value.IsEmpty && !rule.TakesEmpty)
            return scenario;
        Scenario changed = rule.Read(scenario, value);
        if (rule.IsCommon)
            rule.Check!(changed, value.Place);
        return changed;
    }

    private Dictionary<string, ScenarioField> Sort()
    {
        Dictionary<string, ScenarioField> sorted = [];
        foreach (ScenarioField field in fields)
        {
            string canonical = ScenarioFields.Canonical(field.Name) ?? throw ScenariosErrors.UnknownScenarioField(
                field.Name, CloseNames.Of(field.Name, ScenarioFields.Names), Place(field.Line));
            if (!sorted.TryAdd(canonical, field))
                throw ScenariosErrors.DuplicateScenarioField(field.Name, canonical, Place(field.Line));
        }

        return sorted;
    }
}
