using System.Text.RegularExpressions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// What a scenario may hold. Every scenario passes here, wherever it comes from: a cmdlet, a file, a hashtable or code.
/// </summary>
public static partial class ScenarioRules
{
    /// <summary>Most questions in a test.</summary>
    public const int MaximumQuestionCount = 1_000_000;

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

    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 64;

    /// <summary>Longest description, in characters.</summary>
    public const int MaximumDescriptionLength = 500;

    /// <summary>Workers of a scenario that does not say: this many, and never more than there are questions.</summary>
    public const int DefaultWorkerCount = 10;

    /// <summary>Checks a whole scenario and hands it back.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidScenarioName</c>, <c>InvalidQuestionCount</c>, <c>InvalidDuration</c>, <c>InvalidWorkerCount</c>,
    /// <c>InvalidDescription</c>, <c>UnknownArrival</c>, <c>InvalidRate</c>, <c>InvalidScenarioValue</c>, <c>ConflictingFields</c>.
    /// </exception>
    public static Scenario Check(Scenario scenario) => Check(scenario, null);

    internal static Scenario Check(Scenario scenario, string? place)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        CheckName(scenario.Name, place);
        CheckQuestionCount(scenario.QuestionCount, place);
        if (scenario.DurationSeconds is double seconds)
            CheckDuration(seconds, place);
        CheckWorkerCount(scenario.WorkerCount, place);
        CheckDescription(scenario.Description, place);
        CheckShape(scenario, place);
        CheckCounts(scenario, place);
        return scenario;
    }

    /// <summary>Workers for a test that does not say how many.</summary>
    /// <param name="questionCount">Questions of the test.</param>
    public static int WorkersFor(int questionCount) => Math.Min(DefaultWorkerCount, questionCount);

    internal static void CheckName(string? name, string? place)
    {
        if (name is null || name.Length > MaximumNameLength || !NameForm().IsMatch(name))
            throw PlanningErrors.InvalidScenarioName(name, place);
    }

    internal static void CheckQuestionCount(int count, string? place)
    {
        if (count is < 1 or > MaximumQuestionCount)
            throw PlanningErrors.InvalidQuestionCount(count, place);
    }

    /// <summary>Checks the seconds of a scenario that is not immediate.</summary>
    internal static void CheckDuration(double seconds, string? place)
    {
        if (!(seconds > 0 && seconds <= MaximumDurationSeconds))
            throw PlanningErrors.InvalidDuration(seconds, place);
    }

    internal static void CheckWorkerCount(int count, string? place)
    {
        if (count is < 1 or > MaximumWorkerCount)
            throw PlanningErrors.InvalidWorkerCount(count, place);
    }

    internal static void CheckDescription(string? description, string? place)
    {
        if (description is null || description.Length > MaximumDescriptionLength || description.Any(char.IsControl))
            throw PlanningErrors.InvalidDescription(description, place);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
