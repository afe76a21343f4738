using System.Globalization;
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

    /// <summary>Arrivals in a time, such as <c>20/min</c>. They take the place of the scenario's own pace.</summary>
    public string? Rate { get; init; }

    /// <summary>
    /// How arrivals of a rate or duration lie in time: <see cref="ArrivalShape.ConstantRate"/> or <see cref="ArrivalShape.Poisson"/>.
    /// </summary>
    public string? Arrival { get; init; }

    /// <summary>Users of a closed test, 1 to 100,000. They take the place of arrivals from outside, if the scenario has any.</summary>
    public int? UserCount { get; init; }

    /// <summary>Questions that each user asks.</summary>
    public int? QuestionsPerUser { get; init; }

    /// <summary>
    /// Time between an answer and the next question of the same user or conversation, such as <c>5s</c> or <c>2s-10s</c>.
    /// </summary>
    public string? ThinkTime { get; init; }

    /// <summary>How questions are asked, each of <see cref="QuestionMode"/>. Weights of the scenario's own modes go with those.</summary>
    public IReadOnlyList<string>? Mode { get; init; }

    /// <summary>Weight of each of several modes, in the same order.</summary>
    public IReadOnlyList<double>? ModeWeight { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => (QuestionCount ?? WorkerCount ?? WarmUpCount ?? UserCount ?? QuestionsPerUser) is null
        && (DurationSeconds ?? QuestionsPerMinute) is null && (Overflow ?? ThinkTime ?? Rate ?? Arrival) is null
        && Mode is null && ModeWeight is null;

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
        int? questions = QuestionCount ?? OfUsers(scenario) ?? scenario?.QuestionCount
            ?? (availableQuestions > 0 ? availableQuestions : null);
        // Before anything follows from them.
        ScenarioRules.CheckQuestionCount(questions ?? 1, ScenarioPlace.Parameters);
        ScenarioRules.CheckDuration(DurationSeconds is 0 ? null : DurationSeconds, ScenarioPlace.Parameters);
        ScenarioRules.CheckWorkerCount(WorkerCount ?? 1, ScenarioPlace.Parameters);
        if (Rate is not null && Arrivals.Rate.Parse(Rate) is null)
            throw ScenariosErrors.InvalidRate(ScenarioFields.Rate, Rate, ScenarioPlace.Parameters);
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

    private Scenario Change(Scenario scenario, int? questions)
    {
        Scenario kept = Kept(scenario);
        double? duration = DurationSeconds ?? kept.DurationSeconds;
        string? rate = Rate ?? kept.Rate;
        return ScenarioRules.Complete(
            kept with
            {
                Arrival = Arrival is null ? kept.Arrival : ScenarioFields.Known(ArrivalShape.All, Arrival) ?? Arrival,
                Rate = rate,
                // At a rate, a longer test asks more.
                QuestionCount = DurationSeconds is not null && rate is not null && QuestionCount is null ? 0 : questions ?? 0,
                DurationSeconds = duration is 0 ? null : duration,
                WorkerCount = WorkerCount ?? kept.WorkerCount,
                QuestionsPerMinute = QuestionsPerMinute ?? kept.QuestionsPerMinute,
                WarmUpCount = WarmUpCount ?? kept.WarmUpCount,
                Overflow = Overflow is null ? kept.Overflow : ScenarioFields.Known(OverflowRule.All, Overflow) ?? Overflow,
                UserCount = UserCount ?? kept.UserCount,
                QuestionsPerUser = QuestionsPerUser ?? kept.QuestionsPerUser,
                ThinkTime = ThinkTime ?? kept.ThinkTime,
                Mode = Mode is null ? kept.Mode : ScenarioModes.Spelled(string.Join(',', Mode)),
                ModeWeight = ModeWeight is not null ? ScenarioModes.Text(ModeWeight) : Mode is null ? kept.ModeWeight : null,
            },
            ScenarioPlace.Changes(Given()),
            shape => ScenariosErrors.QuestionCountMissing(
                shape, ScenarioPlace.Changes(Given()),
                "Give -Scenario, -QuestionCount, questions, -Rate and -Duration, or -UserCount and -QuestionsPerUser."));
    }

    /// <summary>What the scenario keeps of its own beside what is set here.</summary>
    private Scenario Kept(Scenario scenario)
    {
        // Users are a shape of their own, and each has a worker.
        if (UserCount is not null)
        {
            return scenario with
            {
                Arrival = "", DurationSeconds = null, Rate = null, FinalRate = null, Burstiness = null, Stages = null, ReplayPath = null,
                WorkerCount = 0,
            };
        }

        // A shape that has a rate keeps the rest of itself; any other gives way.
        if ((Rate is null && Arrival is null) || (Arrival is null && scenario.Rate is not null))
            return scenario;
        return scenario with
        {
            Arrival = "", DurationSeconds = Rate is null ? scenario.DurationSeconds : null, FinalRate = null, Burstiness = null,
            Stages = null, ReplayPath = null, ReplayOffsets = null, UserCount = null, QuestionsPerUser = null, StaggerSeconds = null,
        };
    }

    /// <summary>The fields that are set here, for errors.</summary>
    private HashSet<string> Given() =>
    [
        .. GetType().GetProperties().Where(property => property.CanWrite && property.GetValue(this) is not null)
            .Select(property => ScenarioFields.Canonical(property.Name)!),
    ];

    // The scenario's own description may speak of its own numbers ("35 questions in 30 seconds"), so it is not carried over.
    private static string Describe(Scenario? scenario, Scenario changed)
    {
        string lead = scenario is null ? "Ad-hoc test" : $"{scenario.Name}, changed";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lead}: {changed.QuestionCount} questions {Arrivals.Arrival.Of(changed).Description}, {changed.WorkerCount} workers");
    }
}
