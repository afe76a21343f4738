using System.Collections;
using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>One field of a scenario as it was written.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Value">Text, number, <see cref="TimeSpan"/> or <see langword="null"/>.</param>
/// <param name="Line">Line of the file, from 1; <see langword="null"/> when it did not come from a file.</param>
public sealed record ScenarioField(string Name, object? Value, int? Line = null);

/// <summary>
/// A scenario as somebody wrote it, in a JSON file, a psd1 file or a hashtable, before it is checked. Knows the lines, so that an error
/// can name them. Names of fields are free in case, <c>_</c> and <c>-</c>: <c>question_count</c> is <c>QuestionCount</c>.
/// </summary>
public sealed class ScenarioEntry
{
    private const string NameField = "name";
    private const string QuestionCountField = "questionCount";
    private const string DurationField = "duration";
    private const string WorkerCountField = "workerCount";
    private const string DescriptionField = "description";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = NameField,
        ["questionCount"] = QuestionCountField,
        ["numQuestions"] = QuestionCountField,
        ["questions"] = QuestionCountField,
        ["duration"] = DurationField,
        ["durationSeconds"] = DurationField,
        ["workerCount"] = WorkerCountField,
        ["maxWorkers"] = WorkerCountField,
        ["workers"] = WorkerCountField,
        ["description"] = DescriptionField,
    };

    private readonly IReadOnlyList<ScenarioField> _fields;
    private readonly string? _source;
    private readonly int? _line;

    /// <summary>Makes an entry.</summary>
    /// <param name="fields">The fields, in the order they were written.</param>
    /// <param name="source">Path of the file; <see langword="null"/> when it did not come from a file.</param>
    /// <param name="line">Line on which the entry begins, from 1.</param>
    public ScenarioEntry(IReadOnlyList<ScenarioField> fields, string? source = null, int? line = null)
    {
        _fields = fields;
        _source = source;
        _line = line;
    }

    /// <summary>The names of the fields.</summary>
    public static IReadOnlyList<string> FieldNames { get; } =
        [NameField, QuestionCountField, DurationField, WorkerCountField, DescriptionField];

    /// <summary>An entry of a dictionary, such as a PowerShell hashtable.</summary>
    /// <param name="fields">Names and values.</param>
    public static ScenarioEntry FromDictionary(IDictionary fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        List<ScenarioField> list = [];
        foreach (DictionaryEntry pair in fields)
            list.Add(new ScenarioField(Convert.ToString(pair.Key, CultureInfo.InvariantCulture) ?? "", pair.Value));
        return new ScenarioEntry(list);
    }

    /// <summary>The checked scenario. Without a duration it is immediate; without workers it has at most 10.</summary>
    /// <param name="defaultName">Name when the entry has none; <see langword="null"/> makes that an error.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownScenarioField</c>, <c>DuplicateScenarioField</c>, <c>MissingScenarioField</c>, or an error of
    /// <see cref="ScenarioRules"/>; each names file and line where there is one.
    /// </exception>
    public Scenario ToScenario(string? defaultName = null)
    {
        Dictionary<string, ScenarioField> fields = Sort();
        int questions = fields.TryGetValue(QuestionCountField, out ScenarioField? count)
            ? ReadCount(count, PlanningErrors.InvalidQuestionCount, ScenarioRules.CheckQuestionCount)
            : throw PlanningErrors.MissingScenarioField(QuestionCountField, Place(_line));
        return new Scenario
        {
            Name = ReadName(fields, defaultName),
            QuestionCount = questions,
            DurationSeconds = fields.TryGetValue(DurationField, out ScenarioField? duration) ? ReadDuration(duration) : null,
            WorkerCount = fields.TryGetValue(WorkerCountField, out ScenarioField? workers) && workers.Value is not null
                ? ReadCount(workers, PlanningErrors.InvalidWorkerCount, ScenarioRules.CheckWorkerCount)
                : ScenarioRules.WorkersFor(questions),
            Description = fields.TryGetValue(DescriptionField, out ScenarioField? description) ? ReadDescription(description) : "",
        };
    }

    internal string? Place(int? line) => InputFile.Place(_source, line);

    internal int? NameLine => _fields.FirstOrDefault(given => Canonical(given.Name) == NameField)?.Line ?? _line;

    private static string? Canonical(string name)
    {
        string plain = name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Aliases.GetValueOrDefault(plain);
    }

    private Dictionary<string, ScenarioField> Sort()
    {
        Dictionary<string, ScenarioField> sorted = [];
        foreach (ScenarioField field in _fields)
        {
            string canonical = Canonical(field.Name) ?? throw PlanningErrors.UnknownScenarioField(
                field.Name, CloseNames.Of(field.Name, FieldNames), Place(field.Line));
            if (!sorted.TryAdd(canonical, field))
                throw PlanningErrors.DuplicateScenarioField(field.Name, canonical, Place(field.Line));
        }

        return sorted;
    }

    private string ReadName(Dictionary<string, ScenarioField> fields, string? defaultName)
    {
        if (!fields.TryGetValue(NameField, out ScenarioField? field))
            return defaultName ?? throw PlanningErrors.MissingScenarioField(NameField, Place(_line));
        // A name such as 2026 is a number to JSON and psd1.
        string? name = field.Value is string or int or long ? Convert.ToString(field.Value, CultureInfo.InvariantCulture) : null;
        ScenarioRules.CheckName(name, Place(field.Line));
        return name!;
    }

    private int ReadCount(ScenarioField field, Func<object?, string?, GenieLoadException> invalid, Action<int, string?> check)
    {
        decimal number;
        try
        {
            number = field.Value switch
            {
                string text => decimal.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
                int or long or double or decimal or float or short or byte => Convert.ToDecimal(field.Value, CultureInfo.InvariantCulture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw invalid(field.Value, Place(field.Line));
        }

        if (number != decimal.Truncate(number) || number is < int.MinValue or > int.MaxValue)
            throw invalid(field.Value, Place(field.Line));
        check((int)number, Place(field.Line));
        return (int)number;
    }

    private double? ReadDuration(ScenarioField field)
    {
        double seconds = field.Value switch
        {
            null => 0,
            TimeSpan span => span.TotalSeconds,
            string text => DurationText.TryParse(text, out double parsed) ? parsed : double.NaN,
            int or long or double or decimal or float or short or byte => Convert.ToDouble(field.Value, CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        if (double.IsNaN(seconds))
            throw PlanningErrors.InvalidDuration(field.Value, Place(field.Line));
        if (seconds == 0)
            return null;
        ScenarioRules.CheckDuration(seconds, Place(field.Line));
        return seconds;
    }

    private string ReadDescription(ScenarioField field)
    {
        if (field.Value is not (null or string))
            throw PlanningErrors.InvalidDescription(field.Value, Place(field.Line));
        string description = (string?)field.Value ?? "";
        ScenarioRules.CheckDescription(description, Place(field.Line));
        return description;
    }
}
