namespace GenieLoad.Model;

/// <summary>
/// How people have used a space: from the record of their conversations, without asking anything. <see cref="Arrival"/> to
/// <see cref="WorkerCount"/> are the fields of a scenario with a load like that of the busiest hour: <c>New-GenieScenario</c> takes them
/// from the pipeline.
/// </summary>
/// <remarks>
/// What is not known is <see langword="null"/>. Counts are called otherwise than the fields of a scenario, so that none becomes one.
/// </remarks>
public sealed record SpaceUsage
{
    /// <summary>The space; <see langword="null"/> for questions from elsewhere.</summary>
    public string? SpaceId { get; init; }

    /// <summary>
    /// Instant from which on conversations count, local time; that of the first question where nobody said; <see langword="null"/> where
    /// there is none.
    /// </summary>
    public DateTime? From { get; init => field = LocalTime.Of(value); }

    /// <summary>Instant of the last question, local time; <see langword="null"/> where there is none.</summary>
    public DateTime? LastAskedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>People who asked; <see langword="null"/> where nobody says who asked.</summary>
    public int? People { get; init; }

    /// <summary>Conversations.</summary>
    public int Conversations { get; init; }

    /// <summary>Questions.</summary>
    public int Questions { get; init; }

    /// <summary>Mean number of questions of a conversation.</summary>
    public double? QuestionsPerConversation { get; init; }

    /// <summary>Begin of the hour with the most questions, local time; the first of several.</summary>
    public DateTime? PeakHour { get; init => field = LocalTime.Of(value); }

    /// <summary>Questions in it.</summary>
    public int? PeakHourQuestions { get; init; }

    /// <summary>Conversations that began in it.</summary>
    public int? PeakHourConversations { get; init; }

    /// <summary>Begin of the 60 seconds with the most questions, whenever they begin, local time; the first of several.</summary>
    public DateTime? PeakMinute { get; init => field = LocalTime.Of(value); }

    /// <summary>Questions in them: what a limit per minute must allow.</summary>
    public int? PeakMinuteQuestions { get; init; }

    /// <summary>
    /// Median seconds from the end of an answer to the next question of the conversation; more than half an hour is no thinking and is left
    /// out.
    /// </summary>
    public double? ThinkMedianSeconds { get; init; }

    /// <summary>90 % of these times are at most as long.</summary>
    public double? ThinkP90Seconds { get; init; }

    /// <summary>Median seconds from a question to the last change of its answer, by the service's clock.</summary>
    public double? RecordedMedianSeconds { get; init; }

    /// <summary>90 % of these times are at most as long.</summary>
    public double? RecordedP90Seconds { get; init; }

    /// <summary>95 % of these times are at most as long.</summary>
    public double? RecordedP95Seconds { get; init; }

    /// <summary>Questions that failed; <see langword="null"/> where nobody says how any ended.</summary>
    public int? Failed { get; init; }

    /// <summary>Their share of the questions whose end is known, 0 to 1.</summary>
    public double? FailedShare { get; init; }

    /// <summary>Answers with a thumb up; <see langword="null"/> for questions from elsewhere, which tell nothing of thumbs.</summary>
    public int? ThumbsUp { get; init; }

    /// <summary>Answers with a thumb down; <see langword="null"/> like <see cref="ThumbsUp"/>.</summary>
    public int? ThumbsDown { get; init; }

    /// <summary>
    /// Whether conversations of others are in it; without the right CAN MANAGE on the space they are not. <see langword="null"/> for
    /// questions from elsewhere.
    /// </summary>
    public bool? IncludesOthers { get; init; }

    /// <summary>Questions of which only the text and the time are known, such as those of private conversations.</summary>
    public int QuestionsWithoutAnswer { get; init; }

    /// <summary>Questions of which nobody knows when they were asked; they are in no hour and no minute.</summary>
    public int QuestionsWithoutTime { get; init; }

    /// <summary>What was left out, in words; <see langword="null"/> for nothing.</summary>
    public string? LeftOut { get; init; }

    /// <summary>For a scenario: conversations begin at random and independent of each other.</summary>
    public string? Arrival { get; init; }

    /// <summary>
    /// For a scenario: <see cref="PeakHourQuestions"/> in conversations of <see cref="TurnsPerConversation"/>, such as <c>24/h</c>.
    /// </summary>
    public string? Rate { get; init; }

    /// <summary>For a scenario: an hour.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>For a scenario: questions of a conversation, rounded.</summary>
    public int? TurnsPerConversation { get; init; }

    /// <summary>For a scenario: the middle half of the times to think, such as <c>20s-85s</c>.</summary>
    public string? ThinkTime { get; init; }

    /// <summary>For a scenario: enough workers for twice the busiest minute.</summary>
    public int? WorkerCount { get; init; }

    /// <summary>The hours in which somebody asked, in order.</summary>
    public RowList<UsageHour> Hours { get; init; } = new([]);

    /// <summary>Questions and people in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Questions} questions in {Conversations} conversations");
}
