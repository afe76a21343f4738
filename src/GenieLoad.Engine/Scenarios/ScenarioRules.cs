using System.Text.RegularExpressions;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// What a scenario may hold. Every scenario passes here, wherever it comes from: a cmdlet, a file, a hashtable or code.
/// </summary>
public static partial class ScenarioRules
{
    /// <summary>Most questions in a test.</summary>
    public const int MaximumQuestionCount = QuestionList.MaximumCount;

    /// <summary>Most workers.</summary>
    public const int MaximumWorkerCount = 100_000;

    /// <summary>Longest duration: 30 days, in seconds.</summary>
    public const double MaximumDurationSeconds = 30 * 86400.0;

    /// <summary>
    /// Longest plan, think times and the pace of questions included: a year, in seconds. Beyond, instants would overflow.
    /// </summary>
    public const double MaximumPlanSeconds = 365 * 86400.0;

    /// <summary>Lowest pace of questions, in questions per minute: some 17 hours from one to the next.</summary>
    public const double MinimumQuestionsPerMinute = 0.001;

    /// <summary>Most questions that Genie takes in one conversation.</summary>
    public const int MaximumTurns = 10_000;

    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 64;

    /// <summary>Longest description, in characters.</summary>
    public const int MaximumDescriptionLength = 500;

    /// <summary>Workers of a scenario that does not say: this many, and never more than there are questions.</summary>
    public const int DefaultWorkerCount = 10;

    /// <summary>Checks a whole scenario and hands it back.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="place">Its file and line, for an error; <see langword="null"/> for none.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidScenarioName</c>, <c>InvalidQuestionCount</c>, <c>InvalidDuration</c>, <c>InvalidWorkerCount</c>,
    /// <c>InvalidDescription</c>, <c>UnknownArrival</c>, <c>InvalidRate</c>, <c>InvalidScenarioValue</c>, <c>ConflictingFields</c>.
    /// </exception>
    public static Scenario Check(Scenario scenario, ScenarioPlace place = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Arrival arrival = Arrival.Of(scenario, place);
        // The number of questions may follow from the other fields, so these come first.
        foreach (ScenarioFieldRule rule in ScenarioFields.All.OrderBy(rule => rule.IsCommon))
            rule.Check?.Invoke(scenario, place);
        double arrivals = Math.Ceiling((double)scenario.QuestionCount / (scenario.TurnsPerConversation ?? 1));
        arrival.CheckCount(scenario.QuestionCount, arrivals, place);
        return scenario;
    }

    /// <summary>A scenario that says nothing yet: what is 0 or empty in it follows from the rest.</summary>
    internal static Scenario Blank(string name) => new() { Name = name, QuestionCount = 0, WorkerCount = 0, Arrival = "" };

    /// <summary>A scenario with all that follows from what it says, checked.</summary>
    /// <param name="scenario">One that began as <see cref="Blank"/>, or a whole one that was changed.</param>
    /// <param name="place">Its file and line, for an error.</param>
    /// <param name="noCount">The error when nothing says how many questions there are.</param>
    internal static Scenario Complete(Scenario scenario, ScenarioPlace place, Func<Scenario, GenieLoadException> noCount)
    {
        Scenario shape = scenario with { Arrival = Arrival.ShapeOf(scenario) };
        Arrival arrival = Arrival.Of(shape, place);
        if (shape is { QuestionCount: not 0, Rate: not null, DurationSeconds: not null })
        {
            throw ScenariosErrors.ConflictingFields(
                $"{place.NameGiven(ScenarioFields.QuestionCount)}, {place.NameGiven(ScenarioFields.Duration)} and "
                    + place.NameGiven(ScenarioFields.Rate),
                "cannot all be set: the third follows from the other two", "Leave out one of them.", place);
        }
        int questions = shape.QuestionCount != 0
            ? shape.QuestionCount
            : (int)Math.Min(arrival.QuestionCount(shape.TurnsPerConversation ?? 1) ?? throw noCount(shape), int.MaxValue);
        return Check(
            shape with
            {
                QuestionCount = questions,
                WorkerCount = shape.WorkerCount != 0 ? shape.WorkerCount : shape.UserCount ?? Math.Min(DefaultWorkerCount, questions),
                // The count that follows from a rate and a duration takes the duration's place.
                DurationSeconds = shape.Rate is null ? shape.DurationSeconds : null,
                ReplayOffsets = (arrival as ReplayArrival)?.Recorded,
            },
            place);
    }

    /// <summary>Whether questions can be asked at this rate per minute, and no slower than any test lasts.</summary>
    internal static bool IsPace(double perMinute) => perMinute >= MinimumQuestionsPerMinute && perMinute <= 60 * Rate.MaximumPerSecond;

    internal static void CheckRange(string field, int? value, int least, int most, ScenarioPlace place)
    {
        if (value is int number && (number < least || number > most))
            throw ScenariosErrors.InvalidScenarioValue(field, number, $"Give a whole number from {least} to {most}.", place);
    }

    internal static void CheckName(string? name, ScenarioPlace place)
    {
        if (name is null || name.Length > MaximumNameLength || !NameForm().IsMatch(name))
            throw ScenariosErrors.InvalidScenarioName(name, place);
    }

    internal static void CheckQuestionCount(int count, ScenarioPlace place)
    {
        if (count is < 1 or > MaximumQuestionCount)
            throw ScenariosErrors.InvalidQuestionCount(count, place);
    }

    /// <summary>Checks the seconds of a scenario; none are immediate.</summary>
    internal static void CheckDuration(double? seconds, ScenarioPlace place)
    {
        if (seconds is not (null or (> 0 and <= MaximumDurationSeconds)))
            throw ScenariosErrors.InvalidDuration(seconds, place);
    }

    internal static void CheckWorkerCount(int count, ScenarioPlace place)
    {
        if (count is < 1 or > MaximumWorkerCount)
            throw ScenariosErrors.InvalidWorkerCount(count, place);
    }

    internal static void CheckDescription(string? description, ScenarioPlace place)
    {
        if (description is null || description.Length > MaximumDescriptionLength || description.Any(char.IsControl))
            throw ScenariosErrors.InvalidDescription(description, place);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
