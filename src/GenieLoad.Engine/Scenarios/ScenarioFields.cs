using System.Globalization;
using GenieLoad.Engine.Names;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>
/// The one table of a scenario's fields: the names they go by in files, how they are read and written, and what they may hold. Only the
/// fields of arrivals are checked elsewhere, by <see cref="Arrivals.Arrival"/>.
/// </summary>
internal static class ScenarioFields
{
    public const string Name = "name";
    public const string QuestionCount = "questionCount";
    public const string Duration = "duration";
    public const string WorkerCount = "workerCount";
    public const string Description = "description";
    public const string Arrival = "arrival";
    public const string Rate = "rate";
    public const string FinalRate = "finalRate";
    public const string Burstiness = "burstiness";
    public const string Stages = "stages";
    public const string ReplayPath = "replayPath";
    public const string UserCount = "userCount";
    public const string QuestionsPerUser = "questionsPerUser";
    public const string Stagger = "stagger";
    public const string Thresholds = "thresholds";

    /// <summary>All fields, in the order in which they are read and written.</summary>
    public static IReadOnlyList<ScenarioFieldRule> All { get; } = [.. Common(), .. OfArrivals(), .. Others()];

    /// <summary>The names of all fields.</summary>
    public static IEnumerable<string> Names => All.Select(rule => rule.Name);

    /// <summary>The field that a name stands for, free in case, <c>_</c> and <c>-</c>; <see langword="null"/> for none.</summary>
    public static string? Canonical(string name)
    {
        string plain = name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return All.FirstOrDefault(rule => rule.IsNamed(plain))?.Name;
    }

    /// <summary>The rule of a field.</summary>
    public static ScenarioFieldRule Rule(string name) => All.First(rule => rule.Name == name);

    /// <summary>
    /// The fields of a scenario as a file holds them, each a text, a number or <see langword="null"/>. Those that every scenario has come
    /// first; of the others only those that say something.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    public static IEnumerable<(string Name, object? Value)> Of(Scenario scenario) =>
        All.Select(rule => (rule, Value: rule.Value(scenario))).Where(field => field.rule.IsCommon || field.Value is not null)
            .Select(field => (field.rule.Name == Duration ? "durationSeconds" : field.rule.Name, field.Value));

    /// <summary>The known name that a text means, free in case; <see langword="null"/> for none.</summary>
    public static string? Known(IEnumerable<string> names, string text) =>
        names.FirstOrDefault(name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase));

    private static ScenarioFieldRule[] Common() =>
    [
        // A name such as 2026 is a number to JSON and psd1.
        new(Name, s => s.Name,
            (s, value) => s with { Name = value.IsText ? Convert.ToString(value.Raw, CultureInfo.InvariantCulture)! : "" })
        { IsCommon = true, TakesEmpty = true, Check = (s, place) => ScenarioRules.CheckName(s.Name, place) },
        new(QuestionCount, s => s.QuestionCount,
            (s, value) => s with { QuestionCount = value.Count(ScenariosErrors.InvalidQuestionCount) }, "numQuestions", "questions")
        { IsCommon = true, Check = (s, place) => ScenarioRules.CheckQuestionCount(s.QuestionCount, place) },
        new(Duration, s => s.DurationSeconds, (s, value) => s with { DurationSeconds = value.Seconds() }, "durationSeconds")
        { IsCommon = true, Check = (s, place) => ScenarioRules.CheckDuration(s.DurationSeconds, place) },
        new(WorkerCount, s => s.WorkerCount,
            (s, value) => s with { WorkerCount = value.Count(ScenariosErrors.InvalidWorkerCount) },
            "maxWorkers", "workers", "maximumInFlight")
        { IsCommon = true, Check = (s, place) => ScenarioRules.CheckWorkerCount(s.WorkerCount, place) },
        new(Description, s => s.Description, (s, value) => s with
        {
            Description = value.Raw is null or string
                ? (string?)value.Raw ?? "" : throw ScenariosErrors.InvalidDescription(value.Raw, value.Place),
        })
        { IsCommon = true, TakesEmpty = true, Check = (s, place) => ScenarioRules.CheckDescription(s.Description, place) },
    ];

    private static ScenarioFieldRule[] OfArrivals() =>
    [
        new(Arrival, s => s.Arrival is ArrivalShape.Even or ArrivalShape.Immediate ? null : s.Arrival, (s, value) => s with
        {
            Arrival = Known(ArrivalShape.All, value.Text())
                ?? throw ScenariosErrors.UnknownArrival(value.Text(), CloseNames.Of(value.Text(), ArrivalShape.All), value.Place),
        }),
        new(Rate, s => s.Rate, (s, value) => s with { Rate = value.Rate().Text }),
        new(FinalRate, s => s.FinalRate, (s, value) => s with { FinalRate = value.Rate().Text }),
        new(Burstiness, s => s.Burstiness, (s, value) => s with { Burstiness = value.Number() }),
        new(Stages, s => s.Stages, (s, value) => s with { Stages = value.Text() }),
        new(ReplayPath, s => s.ReplayPath, (s, value) => s with { ReplayPath = value.FullPath() }),
        new(UserCount, s => s.UserCount, (s, value) => s with { UserCount = value.Count() }, "users"),
        new(QuestionsPerUser, s => s.QuestionsPerUser, (s, value) => s with { QuestionsPerUser = value.Count() }),
        new(Stagger, s => s.StaggerSeconds, (s, value) => s with { StaggerSeconds = value.Seconds() }, "staggerSeconds"),
    ];

    private static ScenarioFieldRule[] Others() =>
    [
        new("turnsPerConversation", s => s.TurnsPerConversation, (s, value) => s with { TurnsPerConversation = value.Count() }, "turns")
        {
            Check = (s, place) =>
                ScenarioRules.CheckRange("turnsPerConversation", s.TurnsPerConversation, 1, ScenarioRules.MaximumTurns, place),
        },
        new("thinkTime", s => s.ThinkTime, (s, value) => s with { ThinkTime = value.Text() })
        {
            Check = (s, place) => Refuse(s.ThinkTime is not null && ThinkTimeText.Parse(s.ThinkTime) is null,
                "thinkTime", s.ThinkTime, "Give a time such as '5s', or a range such as '2s-10s'; at most 1 day.", place),
        },
        new(ScenarioModes.Mode, s => s.Mode == QuestionMode.Chat ? null : s.Mode,
            (s, value) => s with { Mode = ScenarioModes.Spelled(value.List()) })
        { TakesList = true, Check = (s, place) => ScenarioModes.Check(s.Mode, place) },
        new(ScenarioModes.ModeWeight, s => s.ModeWeight,
            (s, value) => s with { ModeWeight = ScenarioModes.SpelledWeights(value.List()) })
        { TakesList = true, Check = (s, place) => ScenarioModes.CheckWeights(s.Mode, s.ModeWeight, place) },
        new("questionsPerMinute", s => s.QuestionsPerMinute, (s, value) => s with { QuestionsPerMinute = value.Number() })
        {
            Check = (s, place) => Refuse(s.QuestionsPerMinute is double pace && !ScenarioRules.IsPace(pace),
                "questionsPerMinute", s.QuestionsPerMinute, "Give a number from 0.001 to 600000.", place),
        },
        new("overflow", s => s.Overflow == OverflowRule.Wait ? null : s.Overflow,
            (s, value) => s with { Overflow = Known(OverflowRule.All, value.Text()) ?? value.Text() })
        {
            Check = (s, place) => Refuse(!OverflowRule.All.Contains(s.Overflow), "overflow", s.Overflow, "Give Wait or Shed.", place),
        },
        new("warmUpCount", s => s.WarmUpCount == 0 ? null : s.WarmUpCount, (s, value) => s with { WarmUpCount = value.Count() }, "warmUp")
        {
            Check = (s, place) => Refuse(s.WarmUpCount < 0 || (s.WarmUpCount > 0 && s.WarmUpCount >= s.QuestionCount), "warmUpCount",
                s.WarmUpCount, $"Give a whole number from 0 to {s.QuestionCount - 1}: at least one question must count.", place),
        },
        new(Thresholds, s => s.Thresholds, (s, value) => s with { Thresholds = value.Texts("; ") }, "threshold") { TakesList = true },
    ];

    private static void Refuse(bool isWrong, string field, object? value, string remedy, ScenarioPlace place)
    {
        if (isWrong)
            throw ScenariosErrors.InvalidScenarioValue(field, value, remedy, place);
    }
}
