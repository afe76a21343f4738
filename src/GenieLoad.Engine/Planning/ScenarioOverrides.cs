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

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => QuestionCount is null && DurationSeconds is null && WorkerCount is null;

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
        double? seconds = DurationSeconds switch { null => scenario?.DurationSeconds, 0 => null, double given => given };
        int workers = WorkerCount ?? scenario?.WorkerCount ?? ScenarioRules.WorkersFor(questions);
        return ScenarioRules.Check(new Scenario
        {
            Name = scenario?.Name ?? AdHocName,
            QuestionCount = questions,
            DurationSeconds = seconds,
            WorkerCount = workers,
            Description = Describe(scenario, questions, seconds, workers),
        });
    }

    // The scenario's own description may speak of its own numbers ("35 questions in 30 seconds"), so it is not carried over.
    private static string Describe(Scenario? scenario, int questions, double? seconds, int workers)
    {
        string spread = seconds is null ? "all at once" : $"over {DurationText.Format(seconds)}";
        string lead = scenario is null ? "Ad-hoc test" : $"{scenario.Name}, changed";
        return string.Create(CultureInfo.InvariantCulture, $"{lead}: {questions} questions {spread}, {workers} workers");
    }
}
