using System.Collections;
using System.Globalization;
using GenieLoad.Engine.Names;
using GenieLoad.Engine.Planning.Arrivals;
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
    private readonly IReadOnlyList<ScenarioField> _fields;
    private readonly string? _source;
    private readonly int? _line;
    private readonly string _folder;

    /// <summary>Makes an entry.</summary>
    /// <param name="fields">The fields, in the order they were written.</param>
    /// <param name="source">Path of the file; <see langword="null"/> when it did not come from a file.</param>
    /// <param name="line">Line on which the entry begins, from 1.</param>
    /// <param name="folder">Where relative paths in it start from; that of the file, or the process's, when left out.</param>
    public ScenarioEntry(IReadOnlyList<ScenarioField> fields, string? source = null, int? line = null, string? folder = null)
    {
        _fields = fields;
        _source = source;
        _line = line;
        _folder = folder ?? Path.GetDirectoryName(Path.GetFullPath(source ?? "x"))!;
    }

    /// <summary>The names of the fields.</summary>
    public static IReadOnlyList<string> FieldNames => ScenarioFields.All;

    /// <summary>An entry of a dictionary, such as a PowerShell hashtable.</summary>
    /// <param name="fields">Names and values.</param>
    /// <param name="folder">Where relative paths in it start from.</param>
    public static ScenarioEntry FromDictionary(IDictionary fields, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        List<ScenarioField> list = [];
        foreach (DictionaryEntry pair in fields)
            list.Add(new ScenarioField(Convert.ToString(pair.Key, CultureInfo.InvariantCulture) ?? "", pair.Value));
        return new ScenarioEntry(list, folder: folder);
    }

    /// <summary>
    /// The checked scenario. Without a duration and a rate it is immediate; without workers it has at most 10. Where a rate and a duration
    /// are given, the number of questions follows from them.
    /// </summary>
    /// <param name="defaultName">Name when the entry has none; <see langword="null"/> makes that an error.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownScenarioField</c>, <c>DuplicateScenarioField</c>, <c>MissingScenarioField</c>, or an error of
    /// <see cref="ScenarioRules"/>; each names file and line where there is one.
    /// </exception>
    public Scenario ToScenario(string? defaultName = null)
    {
        var values = new ScenarioValues(Sort(), _source);
        string name = ReadName(values, defaultName);
        double? duration = ReadDuration(values);
        var shape = new Scenario
        {
            Name = name,
            QuestionCount = 0,
            DurationSeconds = duration,
            WorkerCount = 0,
            Description = ReadDescription(values),
            Arrival = ReadArrival(values, duration),
            Rate = ReadRate(values, ScenarioFields.Rate),
            FinalRate = ReadRate(values, ScenarioFields.FinalRate),
            Burstiness = values.Number(ScenarioFields.Burstiness),
            Stages = values.Text(ScenarioFields.Stages),
            ReplayPath = ReadReplayPath(values),
            Thresholds = values.Texts(ScenarioFields.Thresholds, "; "),
        };
        shape = ReadUsersAndTurns(values, shape);
        ScenarioRules.CheckShape(shape, Place(_line));
        int questions = ReadQuestionCount(values, shape);
        Scenario scenario = shape with
        {
            QuestionCount = questions,
            WorkerCount = values.Count(ScenarioFields.WorkerCount, PlanningErrors.InvalidWorkerCount, ScenarioRules.CheckWorkerCount)
                ?? shape.UserCount ?? ScenarioRules.WorkersFor(questions),
            // The count that follows from a rate and a duration takes the duration's place.
            DurationSeconds = shape.Rate is null ? duration : null,
            WarmUpCount = ReadCount(values, ScenarioFields.WarmUpCount) ?? 0,
        };
        return ScenarioRules.Check(scenario, Place(_line));
    }

    internal string? Place(int? line) => InputFile.Place(_source, line);

    internal int? NameLine => _fields.FirstOrDefault(given => ScenarioFields.Canonical(given.Name) == ScenarioFields.Name)?.Line ?? _line;

    private Dictionary<string, ScenarioField> Sort()
    {
        Dictionary<string, ScenarioField> sorted = [];
        foreach (ScenarioField field in _fields)
        {
            string canonical = ScenarioFields.Canonical(field.Name) ?? throw PlanningErrors.UnknownScenarioField(
                field.Name, CloseNames.Of(field.Name, FieldNames), Place(field.Line));
            if (!sorted.TryAdd(canonical, field))
                throw PlanningErrors.DuplicateScenarioField(field.Name, canonical, Place(field.Line));
        }

        return sorted;
    }

    private string ReadName(ScenarioValues values, string? defaultName)
    {
        if (!values.Given(ScenarioFields.Name))
            return defaultName ?? throw PlanningErrors.MissingScenarioField(ScenarioFields.Name, Place(_line));
        // A name such as 2026 is a number to JSON and psd1.
        object? raw = values.Raw(ScenarioFields.Name);
        string? name = raw is string or int or long ? Convert.ToString(raw, CultureInfo.InvariantCulture) : null;
        ScenarioRules.CheckName(name, values.Place(ScenarioFields.Name));
        return name!;
    }

    private string? ReadReplayPath(ScenarioValues values)
    {
        if (values.Text(ScenarioFields.ReplayPath) is not string path)
            return null;
        return path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)
            ? throw PlanningErrors.InvalidScenarioValue(
                ScenarioFields.ReplayPath, path.Replace("\0", "\\0", StringComparison.Ordinal), "Give the path of a file.",
                values.Place(ScenarioFields.ReplayPath))
            : Path.GetFullPath(path, _folder);
    }

    private static double? ReadDuration(ScenarioValues values)
    {
        double? seconds = values.Seconds(ScenarioFields.Duration, PlanningErrors.InvalidDuration);
        if (seconds is null or 0)
            return null;
        ScenarioRules.CheckDuration(seconds.Value, values.Place(ScenarioFields.Duration));
        return seconds;
    }

    private static string ReadDescription(ScenarioValues values)
    {
        object? raw = values.Raw(ScenarioFields.Description);
        string? place = values.Place(ScenarioFields.Description);
        if (raw is not (null or string))
            throw PlanningErrors.InvalidDescription(raw, place);
        ScenarioRules.CheckDescription((string?)raw ?? "", place);
        return (string?)raw ?? "";
    }

    private static Scenario ReadUsersAndTurns(ScenarioValues values, Scenario shape) => shape with
    {
        UserCount = ReadCount(values, ScenarioFields.UserCount),
        QuestionsPerUser = ReadCount(values, ScenarioFields.QuestionsPerUser),
        StaggerSeconds = values.Seconds(
            ScenarioFields.Stagger, PlanningErrors.InvalidDuration) is double seconds and not 0 ? seconds : null,
        TurnsPerConversation = ReadCount(values, ScenarioFields.TurnsPerConversation),
        ThinkTime = values.Text(ScenarioFields.ThinkTime),
        QuestionsPerMinute = values.Number(ScenarioFields.QuestionsPerMinute),
        Overflow = values.Text(ScenarioFields.Overflow) is string rule
            ? OverflowRule.All.FirstOrDefault(known => string.Equals(known, rule, StringComparison.OrdinalIgnoreCase)) ?? rule
            : OverflowRule.Wait,
    };

    private static int? ReadCount(ScenarioValues values, string field) => values.Count(
        field, (value, place) => PlanningErrors.InvalidScenarioValue(field, value, "Give a whole number.", place), (_, _) => { });

    private static string? ReadRate(ScenarioValues values, string field)
    {
        if (!values.Has(field))
            return null;
        string? text = values.Raw(field) as string;
        return RateText.TryParse(text, out _)
            ? text!.Trim()
            : throw PlanningErrors.InvalidRate(field, values.Raw(field), values.Place(field));
    }

    /// <summary>The shape that was named, or the one that the other fields speak of.</summary>
    private static string ReadArrival(ScenarioValues values, double? duration)
    {
        if (values.Text(ScenarioFields.Arrival) is string named)
        {
            string shape = ArrivalShape.All.FirstOrDefault(known => string.Equals(known, named, StringComparison.OrdinalIgnoreCase))
                ?? throw PlanningErrors.UnknownArrival(named, CloseNames.Of(named, ArrivalShape.All), values.Place(ScenarioFields.Arrival));
            // The two differ by the duration alone, so that a duration set for one test makes the one of the other.
            bool spread = shape == ArrivalShape.Immediate && duration is not null;
            return spread ? ArrivalShape.Even : shape == ArrivalShape.Even && duration is null ? ArrivalShape.Immediate : shape;
        }
        return values switch
        {
            _ when values.Has(ScenarioFields.UserCount) => ArrivalShape.Closed,
            _ when values.Has(ScenarioFields.Stages) => ArrivalShape.Stages,
            _ when values.Has(ScenarioFields.ReplayPath) => ArrivalShape.Replay,
            _ when values.Has(ScenarioFields.FinalRate) => ArrivalShape.Ramp,
            _ when values.Has(ScenarioFields.Burstiness) => ArrivalShape.Gamma,
            _ when values.Has(ScenarioFields.Rate) => ArrivalShape.ConstantRate,
            _ => duration is null ? ArrivalShape.Immediate : ArrivalShape.Even,
        };
    }

    private int ReadQuestionCount(ScenarioValues values, Scenario shape)
    {
        int? given = values.Count(ScenarioFields.QuestionCount, PlanningErrors.InvalidQuestionCount, ScenarioRules.CheckQuestionCount);
        if (given is not null && shape is { Rate: not null, DurationSeconds: not null })
            throw PlanningErrors.ConflictingFields(
                "questionCount, duration and rate", "the third follows from two: leave one of them out", Place(_line));
        if (given is int count)
            return count;
        // An arrival is a conversation; a user is counted with all questions.
        if (ArrivalCount(shape) * (shape.UserCount is null ? shape.TurnsPerConversation ?? 1 : 1) is not double found)
        {
            throw values.Given(ScenarioFields.QuestionCount)
                ? PlanningErrors.InvalidQuestionCount(values.Raw(ScenarioFields.QuestionCount), values.Place(ScenarioFields.QuestionCount))
                : PlanningErrors.MissingScenarioField(ScenarioFields.QuestionCount, Place(_line));
        }
        int derived = (int)Math.Min(found, int.MaxValue);
        ScenarioRules.CheckQuestionCount(derived, Place(_line));
        return derived;
    }

    /// <summary>Arrivals that the shape itself tells the number of.</summary>
    private static double? ArrivalCount(Scenario shape)
    {
        double? arrivals = shape switch
        {
            { UserCount: int users, QuestionsPerUser: int each } => (double)users * each,
            { Arrival: ArrivalShape.Stages } => StagesText.Arrivals(StagesText.Parse(shape.Stages)!),
            { Arrival: ArrivalShape.Replay } => ReplayFile.Read(shape.ReplayPath!).Length,
            { Rate: string rate, FinalRate: string last, DurationSeconds: double seconds } =>
                (RateText.PerMinute(rate) + RateText.PerMinute(last)) / 2 * seconds / 60,
            { Rate: string rate, DurationSeconds: double seconds } => RateText.PerMinute(rate) * seconds / 60,
            _ => null,
        };
        return arrivals is double number ? Math.Round(number) : null;
    }
}
