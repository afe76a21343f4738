namespace GenieLoad.Model;

/// <summary>What a plan amounts to, before anything is asked.</summary>
public sealed record PlanPreview
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

    /// <summary>How many of the first questions only warm up.</summary>
    public int WarmUpCount { get; init; }

    /// <summary>How arrivals lie in time, one of <see cref="ArrivalShape"/>.</summary>
    public string Arrival { get; init; } = ArrivalShape.Even;

    /// <summary>Users of a closed test; <see langword="null"/> for arrivals from outside.</summary>
    public int? UserCount { get; init; }

    /// <summary>Most questions in flight at once.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>Seed of the plan.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// Which part of the plan this is, such as <c>2/4</c>; <see langword="null"/> for all of it. Of a part, limits are its share.
    /// </summary>
    public string? Shard { get; init; }

    /// <summary>Hash of the plan: plans with one hash are the same load.</summary>
    public string? Hash { get; init; }

    /// <summary>Seconds over which the questions are planned; <see langword="null"/> for immediate.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Seconds after the start at which the first question is due.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Seconds after the start at which the last question is due.</summary>
    public required double LastSeconds { get; init; }

    /// <summary>
    /// Whether some questions follow answers, so that their instants here are the earliest possible: as if answers took no time.
    /// </summary>
    public bool FollowsAnswers { get; init; }

    /// <summary>Rate limit of a workspace that is assumed, in questions per minute; the plan's own pace if that is slower.</summary>
    public required double QuestionsPerMinuteLimit { get; init; }

    /// <summary>Whether the plan keeps to a pace of its own, so that questions beyond it wait instead of meeting 429s.</summary>
    public bool IsPaced { get; init; }

    /// <summary>
    /// Seconds that the test takes under that limit, answers left out: until the last question has had its turn, no question before its
    /// instant. A limiter that lets a first burst through may be up to a minute quicker.
    /// </summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Whether some minute of the plan asks a workspace for more questions than the limit allows.</summary>
    public required bool ExceedsLimit { get; init; }

    /// <summary>Questions per minute of the plan; minutes without any are left out.</summary>
    public required RowList<MinuteCount> Minutes { get; init; }

    /// <summary>The percentiles that a run shows, with the answers that each needs and that the plan has.</summary>
    public required RowList<PlannedPercentile> Percentiles { get; init; }

    /// <summary>The connections of a test of several, with the number of questions for each; none in a test of one.</summary>
    public RowList<RunConnection> Connections { get; init; } = new([]);

    /// <summary>DBU that Genie itself charges a service principal for the questions, at the lower end of the source's range.</summary>
    public double GenieDbuLower { get; init; }

    /// <summary>The same at the upper end.</summary>
    public double GenieDbuUpper { get; init; }

    /// <summary>Where the range comes from, and of when it is.</summary>
    public string GenieDbuSource { get; init; } = "";

    /// <summary>
    /// DBU of the warehouse at least: it runs while questions are asked; <see langword="null"/> where the warehouse is not known.
    /// </summary>
    public double? WarehouseDbuLower { get; init; }

    /// <summary>
    /// DBU of the warehouse at most, if the test takes no longer than <see cref="LeastSeconds"/>: all clusters until the auto stop;
    /// <see langword="null"/> where that is not known.
    /// </summary>
    public double? WarehouseDbuUpper { get; init; }

    /// <summary>What these bounds assume, and what is not known, in words.</summary>
    public string WarehouseBasis { get; init; } = "";

    /// <summary>Price at least, in the currency of the prices that were given; none unless both prices and amounts are known.</summary>
    public double? PriceLower { get; init; }

    /// <summary>Price at most.</summary>
    public double? PriceUpper { get; init; }

    /// <summary>Price of Genie at least; none without a price.</summary>
    public double? GeniePriceLower { get; init; }

    /// <summary>Price of Genie at most.</summary>
    public double? GeniePriceUpper { get; init; }

    /// <summary>Price of the warehouse at least; none without a price.</summary>
    public double? WarehousePriceLower { get; init; }

    /// <summary>Price of the warehouse at most.</summary>
    public double? WarehousePriceUpper { get; init; }

    /// <summary>The plan itself, for whoever exports it; <see langword="null"/> in a preview that came over a remote session.</summary>
    internal Plan? Plan { get; init; }

    /// <summary>Every question with the instant at which it is due.</summary>
    public required RowList<PlannedQuestion> Questions { get; init; }

    /// <summary>The test's name.</summary>
    public override string ToString() => Name;
}
