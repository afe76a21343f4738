namespace GenieLoad.Model;

/// <summary>What a plan amounts to, before anything is asked.</summary>
public sealed class PlanPreview
{
    /// <summary>Name of the test.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>Questions planned.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Different questions among them, by id.</summary>
    public required int DistinctQuestionCount { get; init; }

    /// <summary>Conversations that will be opened; a question that stands alone has one of its own.</summary>
    public required int ConversationCount { get; init; }

    /// <summary>Most questions in flight at once.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>Seed of the plan.</summary>
    public required int Seed { get; init; }

    /// <summary>Seconds over which the questions are planned; <see langword="null"/> for immediate.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Seconds after the start at which the first question is due.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Seconds after the start at which the last question is due.</summary>
    public required double LastSeconds { get; init; }

    /// <summary>Rate limit reckoned with, in questions per minute.</summary>
    public required double QuestionsPerMinuteLimit { get; init; }

    /// <summary>Whether the plan keeps to a pace of its own, so that questions beyond it wait instead of meeting 429s.</summary>
    public bool IsPaced { get; init; }

    /// <summary>
    /// Seconds that the test takes under that limit, answers left out: questions over limit, or the last planned instant if that is later.
    /// A limiter that lets a first burst through may be up to a minute quicker.
    /// </summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Whether some minute of the plan asks for more questions than the limit allows.</summary>
    public bool ExceedsLimit => Minutes.Any(minute => minute.QuestionCount > QuestionsPerMinuteLimit);

    /// <summary>Questions per minute of the plan; minutes without any are left out.</summary>
    public required RowList<MinuteCount> Minutes { get; init; }

    /// <summary>The test's name.</summary>
    public override string ToString() => Name;
}
