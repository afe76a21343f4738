using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The fields of a scenario as they are written in files: their names, the other names they go by, and how they are written.
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
    public const string TurnsPerConversation = "turnsPerConversation";
    public const string ThinkTime = "thinkTime";
    public const string QuestionsPerMinute = "questionsPerMinute";
    public const string Overflow = "overflow";
    public const string WarmUpCount = "warmUpCount";
    public const string Thresholds = "thresholds";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["numQuestions"] = QuestionCount,
        ["questions"] = QuestionCount,
        ["durationSeconds"] = Duration,
        ["maxWorkers"] = WorkerCount,
        ["workers"] = WorkerCount,
        ["maximumInFlight"] = WorkerCount,
        ["users"] = UserCount,
        ["staggerSeconds"] = Stagger,
        ["turns"] = TurnsPerConversation,
        ["warmUp"] = WarmUpCount,
        ["threshold"] = Thresholds,
    };

    /// <summary>The names of all fields.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Name, QuestionCount, Duration, WorkerCount, Description, Arrival, Rate, FinalRate, Burstiness, Stages, ReplayPath, UserCount,
        QuestionsPerUser, Stagger, TurnsPerConversation, ThinkTime, QuestionsPerMinute, Overflow, WarmUpCount, Thresholds,
    ];

    /// <summary>The field that a name stands for, free in case, <c>_</c> and <c>-</c>; <see langword="null"/> for none.</summary>
    public static string? Canonical(string name)
    {
        string plain = name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return All.FirstOrDefault(field => string.Equals(field, plain, StringComparison.OrdinalIgnoreCase))
            ?? Aliases.GetValueOrDefault(plain);
    }

    /// <summary>
    /// The fields of a scenario as a file holds them, each a text, a number or <see langword="null"/>. Those that every scenario has come
    /// first; of the others only those that say something.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    public static IEnumerable<(string Name, object? Value)> Of(Scenario scenario)
    {
        yield return (Name, scenario.Name);
        yield return (QuestionCount, scenario.QuestionCount);
        yield return ("durationSeconds", scenario.DurationSeconds);
        yield return (WorkerCount, scenario.WorkerCount);
        yield return (Description, scenario.Description);
        bool plain = scenario.Arrival is ArrivalShape.Even or ArrivalShape.Immediate;
        (string Name, object? Value)[] optional =
        [
            (Arrival, plain ? null : scenario.Arrival), (Rate, scenario.Rate), (FinalRate, scenario.FinalRate),
            (Burstiness, scenario.Burstiness), (Stages, scenario.Stages), (ReplayPath, scenario.ReplayPath),
            (UserCount, scenario.UserCount), (QuestionsPerUser, scenario.QuestionsPerUser), (Stagger, scenario.StaggerSeconds),
            (TurnsPerConversation, scenario.TurnsPerConversation), (ThinkTime, scenario.ThinkTime),
            (QuestionsPerMinute, scenario.QuestionsPerMinute),
            (Overflow, scenario.Overflow == OverflowRule.Wait ? null : scenario.Overflow),
            (WarmUpCount, scenario.WarmUpCount == 0 ? null : scenario.WarmUpCount),
            (Thresholds, scenario.Thresholds),
        ];
        foreach ((string name, object? value) in optional)
        {
            if (value is not null)
                yield return (name, value);
        }
    }
}
