using System.Globalization;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

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

    /// <summary>What becomes of questions beyond the workers, one of <see cref="OverflowRule"/>.</summary>
    public string? Overflow { get; init; }

    /// <summary>Users of a closed test, 1 to 100,000. They take the place of arrivals from outside, if the scenario has any.</summary>
    public int? UserCount { get; init; }

    /// <summary>Questions that each user asks.</summary>
    public int? QuestionsPerUser { get; init; }

    /// <summary>
    /// Time between an answer and the next question of the same user or conversation, such as <c>5s</c> or <c>2s-10s</c>.
    /// </summary>
    public string? ThinkTime { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => (QuestionCount ?? WorkerCount ?? WarmUpCount ?? UserCount ?? QuestionsPerUser) is null
        && (DurationSeconds ?? QuestionsPerMinute) is null && (Overflow ?? ThinkTime) is null;

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
        if (scenario is not null)
            ScenarioRules.Check(scenario);
        if (scenario is not null && IsEmpty)
            return scenario;
        int questions = QuestionCount ?? OfUsers(scenario) ?? scenario?.QuestionCount
            ?? (availableQuestions > 0 ? availableQuestions : throw ScenariosErrors.QuestionCountMissing());
        // Before anything follows from them.
        ScenarioRules.CheckQuestionCount(questions, null);
        ScenarioRules.CheckDuration(DurationSeconds is 0 ? null : DurationSeconds, null);
        ScenarioRules.CheckWorkerCount(WorkerCount ?? 1, null);
        Scenario changed = Change(scenario ?? ScenarioRules.Blank(AdHocName), questions);
        return changed with { Description = Describe(scenario, changed) };
    }

    /// <summary>
    /// Questions of a test whose users are set here; <see langword="null"/> when they are not, or it is not known how many each asks.
    /// </summary>
    private int? OfUsers(Scenario? scenario) =>
        (UserCount ?? QuestionsPerUser) is not null
        && (UserCount ?? scenario?.UserCount) is int users && (QuestionsPerUser ?? scenario?.QuestionsPerUser) is int each
            ? (int)Math.Min((long)users * each, int.MaxValue)
            : null;

    private Scenario Change(Scenario scenario, int questions)
    {
        // Users are a shape of their own, and each has a worker.
        Scenario kept = UserCount is null ? scenario : scenario with
        {
            Arrival = "", DurationSeconds = null, Rate = null, FinalRate = null, Burstiness = null, Stages = null, ReplayPath = null,
            WorkerCount = 0,
        };
        double? duration = DurationSeconds ?? kept.DurationSeconds;
        return ScenarioRules.Complete(
            kept with
            {
                // At a rate, a longer test asks more.
                QuestionCount = DurationSeconds is not null && scenario.Rate is not null && QuestionCount is null ? 0 : questions,
                DurationSeconds = duration is 0 ? null : duration,
                WorkerCount = WorkerCount ?? kept.WorkerCount,
                QuestionsPerMinute = QuestionsPerMinute ?? kept.QuestionsPerMinute,
                WarmUpCount = WarmUpCount ?? kept.WarmUpCount,
                Overflow = Overflow is null ? kept.Overflow : ScenarioFields.Known(OverflowRule.All, Overflow) ?? Overflow,
                UserCount = UserCount ?? kept.UserCount,
                QuestionsPerUser = QuestionsPerUser ?? kept.QuestionsPerUser,
                ThinkTime = ThinkTime ?? kept.ThinkTime,
            },
            null,
            () => ScenariosErrors.MissingScenarioField(ScenarioFields.QuestionCount, null));
    }

    // The scenario's own description may speak of its own numbers ("35 questions in 30 seconds"), so it is not carried over.
    private static string Describe(Scenario? scenario, Scenario changed)
    {
        string lead = scenario is null ? "Ad-hoc test" : $"{scenario.Name}, changed";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lead}: {changed.QuestionCount} questions {Arrival.Of(changed).Description}, {changed.WorkerCount} workers");
    }
}
