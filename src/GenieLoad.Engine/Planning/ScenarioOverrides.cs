using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>What one test changes of its scenario, or all there is of a test without one. What is <see langword="null"/> stays.</summary>
public sealed class ScenarioOverrides
{
    /// <summary>Name of the scenario of a test that was given none.</summary>
    public const string AdHocName = "custom_adhoc_test";

    /// <summary>Questions in the whole test, 1 to 1,000,000.</summary>
    public int? QuestionCount { get; init; }

    /// <summary>Seconds over which the questions are spread, up to 30 days; 0 for immediate.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Most questions in flight at once, 1 to 100,000.</summary>
    public int? WorkerCount { get; init; }

    /// <summary>Most questions sent per minute, above 0.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>How many of the first questions only warm up, from 0.</summary>
    public int? WarmUpCount { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty =>
        QuestionCount is null && DurationSeconds is null && WorkerCount is null && QuestionsPerMinute is null && WarmUpCount is null;

    /// <summary>
    /// The scenario of a test. The one handed in is never touched; without one it is <see cref="AdHocName"/>, immediate unless a
    /// duration is set, with at most 10 workers unless their number is set.
    /// </summary>
    /// <param name="scenario">The scenario to change; <see langword="null"/> for none.</param>
    /// <param name="availableQuestions">Questions given, asked once each by an ad-hoc test that sets no number; 0 for none.</param>
    /// <exception cref="GenieLoadException">
    /// <c>QuestionCountMissing</c>: no scenario, no number and no questions; or an error of <see cref="ScenarioRules"/>.
    /// </exception>
    public Scenario Apply(Scenario? scenario, int availableQuestions)
    {
        if (scenario is not null && IsEmpty)
            return ScenarioRules.Check(scenario);
        int questions = QuestionCount ?? scenario?.QuestionCount
            ?? (availableQuestions > 0 ? availableQuestions : throw PlanningErrors.QuestionCountMissing());
        // Before the default of the workers is taken from it.
        ScenarioRules.CheckQuestionCount(questions, null);
        Scenario changed = Change(scenario, questions);
        return changed with { Description = Describe(scenario, changed) };
    }

    /// <summary>By way of an entry, so that what follows from what is the same as in a file.</summary>
    private Scenario Change(Scenario? scenario, int questions)
    {
        Dictionary<string, object?> fields = scenario is null
            ? new() { [ScenarioFields.Name] = AdHocName, [ScenarioFields.QuestionCount] = questions }
            : ScenarioFields.Of(scenario).ToDictionary(field => ScenarioFields.Canonical(field.Name)!, field => field.Value);
        fields[ScenarioFields.QuestionCount] = questions;
        if (WorkerCount is int workers)
            fields[ScenarioFields.WorkerCount] = workers;
        if (QuestionsPerMinute is double pace)
            fields[ScenarioFields.QuestionsPerMinute] = pace;
        if (WarmUpCount is int warmUp)
            fields[ScenarioFields.WarmUpCount] = warmUp;
        if (DurationSeconds is double seconds)
        {
            fields[ScenarioFields.Duration] = seconds;
            // At a rate, a longer test asks more.
            if (scenario?.Rate is not null && QuestionCount is null)
                fields.Remove(ScenarioFields.QuestionCount);
        }
        return new ScenarioEntry([.. fields.Select(field => new ScenarioField(field.Key, field.Value))]).ToScenario();
    }

    // The scenario's own description may speak of its own numbers ("35 questions in 30 seconds"), so it is not carried over.
    private static string Describe(Scenario? scenario, Scenario changed)
    {
        string lead = scenario is null ? "Ad-hoc test" : $"{scenario.Name}, changed";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lead}: {changed.QuestionCount} questions {ShapeText.Of(changed)}, {changed.WorkerCount} workers");
    }
}
