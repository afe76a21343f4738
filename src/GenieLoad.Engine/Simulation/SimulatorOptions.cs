namespace GenieLoad.Engine.Simulation;

/// <summary>
/// What a simulated Genie space does. The defaults answer every question with a query after about 8 seconds and never fail.
/// </summary>
/// <remarks>
/// <para>Every duration and every rate is given as it is at <see cref="TimeScale"/> 1. A scale of 10 divides all durations by ten:
/// latencies, <see cref="RetryAfterSeconds"/>, <see cref="SlowBodySeconds"/>, the freeze, and whatever the warehouse and the query history
/// take; and it refills the rate limit ten times as fast, so that a shortened demonstration keeps its proportions. Only
/// <see cref="TokenLifetimeSeconds"/> is never scaled: clients renew a fixed 40 seconds ahead. <c>Retry-After</c> has no fractions and is
/// rounded up to whole seconds. However wide the spread and slow the scale, no single latency is longer than 30 real days.</para>
/// <para>Shares are of all cases, from 0 to 1. What is drawn depends on <see cref="Seed"/>, on the question's text and on how often it has
/// been asked, not on the order in which questions or polls of different questions arrive.</para>
/// </remarks>
public sealed partial record SimulatorOptions
{
    // A message has one ending, a call one answer: the shares of each add up to 1 at most.
    private const string Endings = "endings of messages";
    private const string Answers = "answers to calls";

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many times faster than life it runs, 0.01 to 10,000.</summary>
    [Within(0.01, 10_000)]
    public double TimeScale { get; init; } = 1;

    /// <summary>Median seconds in SUBMITTED, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double SubmittedSeconds { get; init; } = 0.25;

    /// <summary>Median seconds in FETCHING_METADATA, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double FetchingMetadataSeconds { get; init; } = 0.6;

    /// <summary>Median seconds in FILTERING_CONTEXT, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double FilteringContextSeconds { get; init; } = 0.9;

    /// <summary>Median seconds in ASKING_AI, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double AskingAiSeconds { get; init; } = 3.8;

    /// <summary>Median seconds in PENDING_WAREHOUSE with a warm warehouse, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double PendingWarehouseSeconds { get; init; } = 0.25;

    /// <summary>Median seconds in EXECUTING_QUERY, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double ExecutingQuerySeconds { get; init; } = 1.8;

    /// <summary>
    /// Spread of all latencies, 0 to 3: each is its median times exp(spread × N(0, 1)), a lognormal distribution. 0 makes them constant.
    /// </summary>
    [Within(0, 3)]
    public double LatencySpread { get; init; } = 0.35;

    /// <summary>
    /// Questions in flight, over all spaces, up to which answers take no longer, 1 to 1,000,000; <see langword="null"/> for any number.
    /// All of a question's phases take max(1, in flight / slots) times as long, with those in flight when it is accepted, itself among
    /// them; the start of a cold warehouse and the latency of calls never do. How long a question takes then depends on what else goes on.
    /// </summary>
    [Within(1, 1_000_000)]
    public int? ServiceSlots { get; init; }

    /// <summary>Median seconds that any HTTP call takes, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double CallSeconds { get; init; } = 0.2;

    /// <summary>Seconds the warehouse needs to start from the first query on, 0 to 3,600; <see langword="null"/> for warm.</summary>
    [Within(0, 3_600)]
    public double? ColdWarehouseSeconds { get; init; }

    /// <summary>Size of the warehouse, at most 1,000 characters, such as <c>2X-Small</c>.</summary>
    public string WarehouseSize { get; init; } = "Small";

    /// <summary>
    /// Statements that each cluster of the warehouse runs at once, 1 to 1,000; further ones wait. <see langword="null"/> for no limit.
    /// </summary>
    [Within(1, 1_000)]
    public int? WarehouseSlots { get; init; }

    /// <summary>
    /// Clusters that the warehouse may have, 1 to 40. It has one, and starts another where a statement would wait longer than that takes.
    /// </summary>
    [Within(1, 40)]
    public int WarehouseMaxClusters { get; init; } = 1;

    /// <summary>
    /// Minutes without a statement for which the warehouse is billed on, as the service would until it stops it; 0 to 1,440, never scaled.
    /// 0 for never stopping.
    /// </summary>
    [Within(0, 1_440)]
    public int WarehouseAutoStopMinutes { get; init; } = 10;

    /// <summary>Seconds that a further cluster takes to start, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double ClusterStartSeconds { get; init; } = 30;

    /// <summary>Seconds without a statement after which a further cluster goes, 0 to 86,400.</summary>
    [Within(0, Day)]
    public double ClusterIdleSeconds { get; init; } = 60;

    /// <summary>Share of statements answered from the result cache: they execute nothing and read nothing.</summary>
    [Share]
    public double CachedResultShare { get; init; }

    /// <summary>Whether spaces do not name their warehouse.</summary>
    public bool HideWarehouse { get; init; }

    /// <summary>
    /// Seconds after which the query history shows a statement, and again after its end until it is final, 0 to 3,600.
    /// </summary>
    [Within(0, 3_600)]
    public double HistoryLagSeconds { get; init; } = 3;

    /// <summary>Share of statements that the query history never shows.</summary>
    [Share]
    public double HistoryMissingShare { get; init; }

    /// <summary>Whether the query history and the warehouse refuse everybody with 403.</summary>
    public bool HistoryForbidden { get; init; }

    /// <summary>
    /// Statement ids that the query history takes in one call, 1 to 1,000,000: more are refused with 400. <see langword="null"/> for any
    /// number.
    /// </summary>
    [Within(1, 1_000_000)]
    public int? HistoryIdLimit { get; init; }

    /// <summary>Seconds after which the billing tables show a usage, 0 to 604,800.</summary>
    [Within(0, 7 * Day)]
    public double BillingLagSeconds { get; init; }

    /// <summary>Whether nobody may read the billing tables.</summary>
    public bool BillingForbidden { get; init; }

    /// <summary>Whether Genie bills nobody: its records have a SKU without a list price.</summary>
    public bool BillingFreeUsage { get; init; }

    /// <summary>Whether the first record of Genie was wrong: it is taken back and stated again.</summary>
    public bool BillingCorrected { get; init; }

    /// <summary>Instant from which Genie's list price is another; <see langword="null"/> for never.</summary>
    public DateTime? BillingPriceChangesAt { get; init; }

    /// <summary>Whether the price before that instant does not end at it, so that two hold from then on.</summary>
    public bool BillingPricesOverlap { get; init; }

    /// <summary>Why every statement of a user's own fails, at most 1,000 characters; <see langword="null"/> where none does.</summary>
    public string? OwnStatementError { get; init; }

    /// <summary>Seconds that a statement of a user's own is PENDING, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double OwnStatementSeconds { get; init; } = 2;

    /// <summary>
    /// Questions admitted per minute over all spaces, 0.001 to 1,000,000; <see langword="null"/> for no limit. The service's free tier
    /// is documented as 5, its user interface as 20. Only calls that ask a question count, and only accepted ones.
    /// </summary>
    [Within(0.001, 1_000_000)]
    public double? RateLimitPerMinute { get; init; }

    /// <summary>Questions admitted at once after a pause, 1 to 1,000,000; by default the rate of one minute, at least 1.</summary>
    [Within(1, 1_000_000)]
    public int? RateLimitBurst { get; init; }

    /// <summary>How questions are limited.</summary>
    public SimulatedLimiter RateLimiter { get; init; } = SimulatedLimiter.TokenBucket;

    /// <summary>
    /// Seconds of a sliding or fixed window, 1 to 3,600. It admits its share of <see cref="RateLimitPerMinute"/>, at least 1.
    /// </summary>
    [Within(1, 3_600)]
    public double RateLimitWindowSeconds { get; init; } = 60;

    /// <summary>Whether a sliding window counts refused questions as well, so that whoever keeps asking is never admitted.</summary>
    public bool RateLimitCountsRejected { get; init; }

    /// <summary>Whose questions share the limit.</summary>
    public SimulatedLimitScope RateLimitScope { get; init; } = SimulatedLimitScope.Workspace;

    /// <summary>Questions that the limit admits at once: the burst of a bucket, or all of a window. 0 without a limit.</summary>
    internal int RateLimitCount => RateLimitPerMinute is not double rate ? 0
        : RateLimiter == SimulatedLimiter.TokenBucket ? RateLimitBurst ?? Math.Max(1, (int)rate)
        : Math.Max(1, (int)Math.Round(rate * RateLimitWindowSeconds / 60));

    /// <summary>How a 429 says when to come back.</summary>
    public RetryAfterForm RetryAfter { get; init; } = RetryAfterForm.Seconds;

    /// <summary>
    /// What <c>Retry-After</c> says, 0 to 86,400; the service has been seen to say 60. <see langword="null"/> for the time until the next
    /// question is admitted.
    /// </summary>
    [Within(0, Day)]
    public double? RetryAfterSeconds { get; init; } = 60;

    /// <summary>Share of messages that end as FAILED.</summary>
    [Share(Of = Endings)]
    public double FailedShare { get; init; }

    /// <summary>
    /// Error type of messages that end as FAILED, at most 1,000 characters; one with SQL in its name fails while
    /// executing, others while asking.
    /// </summary>
    public string FailedErrorType { get; init; } = "SQL_EXECUTION_EXCEPTION";

    /// <summary>Share of messages that are accepted and then end as FAILED because of a rate limit inside the service.</summary>
    [Share(Of = Endings)]
    public double RateLimitedMessageShare { get; init; }

    /// <summary>Share of messages that end as CANCELLED.</summary>
    [Share(Of = Endings)]
    public double CancelledShare { get; init; }

    /// <summary>Share of messages whose result has expired by the time they end, as QUERY_RESULT_EXPIRED.</summary>
    [Share(Of = Endings)]
    public double ExpiredShare { get; init; }

    /// <summary>Share of messages answered with text and no query.</summary>
    [Share(Of = Endings)]
    public double TextOnlyShare { get; init; }

    /// <summary>Share of messages answered with a question back.</summary>
    [Share(Of = Endings)]
    public double ClarificationShare { get; init; }

    /// <summary>Share of query answers that Genie repairs: back to ASKING_AI, with a second query.</summary>
    [Share]
    public double RegenerateShare { get; init; }

    /// <summary>Share of messages that pass through a status no client knows.</summary>
    [Share]
    public double UnknownStatusShare { get; init; }

    /// <summary>That status, at most 1,000 characters.</summary>
    public string UnknownStatus { get; init; } = "THINKING_HARD";

    /// <summary>Rows of a query result, 0 to 1,000,000; the API cuts at 5,000 and says so.</summary>
    [Within(0, 1_000_000)]
    public int ResultRowCount { get; init; } = 10;

    /// <summary>Chunks a query result comes in, 1 to 1,000.</summary>
    [Within(1, 1_000)]
    public int ResultChunkCount { get; init; } = 1;

    /// <summary>Share of calls answered with <see cref="ServerErrorStatus"/>.</summary>
    [Share(Of = Answers)]
    public double ServerErrorShare { get; init; }

    /// <summary>
    /// Status of those, 500 to 599. A question that meets a 503 with <c>Retry-After</c> was never accepted; half of those that meet another
    /// status, or a 503 without, were.
    /// </summary>
    [Within(500, 599)]
    public int ServerErrorStatus { get; init; } = 503;

    /// <summary>
    /// <c>Retry-After</c> of a 503, 0 to 86,400: the service's own refusal. <see langword="null"/> for a gateway that lost the service's
    /// answer.
    /// </summary>
    [Within(0, Day)]
    public double? ServerErrorRetryAfterSeconds { get; init; } = 1;

    /// <summary>Share of calls answered with a gateway's HTML page and 502; half of the questions among them were accepted.</summary>
    [Share(Of = Answers)]
    public double HtmlErrorShare { get; init; }

    /// <summary>Share of calls whose connection is reset before an answer; half of the questions among them were accepted.</summary>
    [Share(Of = Answers)]
    public double ResetShare { get; init; }

    /// <summary>Share of calls whose connection is reset in the body of the answer.</summary>
    [Share(Of = Answers)]
    public double BodyResetShare { get; init; }

    /// <summary>Share of calls whose body comes in drops, over <see cref="SlowBodySeconds"/>.</summary>
    [Share(Of = Answers)]
    public double SlowBodyShare { get; init; }

    /// <summary>Seconds that a slow body takes, 0 to 3,600.</summary>
    [Within(0, 3_600)]
    public double SlowBodySeconds { get; init; } = 5;

    /// <summary>Share of calls answered with 200 and JSON that stops in the middle.</summary>
    [Share(Of = Answers)]
    public double MalformedJsonShare { get; init; }

    /// <summary>Seconds after its start at which it stops answering, 0 or more; <see langword="null"/> for never.</summary>
    [Within(0, 365 * Day)]
    public double? FreezeAtSeconds { get; init; }

    /// <summary>Seconds for which it stops answering, 0 to 86,400. Questions already accepted go on meanwhile.</summary>
    [Within(0, Day)]
    public double FreezeForSeconds { get; init; } = 10;

    /// <summary>The token it accepts; by default one made from the seed.</summary>
    public string? Token { get; init; }

    /// <summary>A token that it knows and that may not use the space: 403.</summary>
    public string? ForbiddenToken { get; init; }

    /// <summary>Client id for OAuth; by default one made from the seed.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret for OAuth; by default one made from the seed.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Life of an OAuth token in seconds, 1 to 86,400, never scaled.</summary>
    [Within(1, Day)]
    public int TokenLifetimeSeconds { get; init; } = 3600;

    /// <summary>Id of the first space; by default one made from the seed.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Title of the first space, at most 1,000 characters; further ones get a number behind it.</summary>
    public string SpaceTitle { get; init; } = "Simulated space";

    /// <summary>Number of spaces, 1 to 1,000.</summary>
    [Within(1, 1_000)]
    public int SpaceCount { get; init; } = 1;

    /// <summary>Calls kept one by one in the record, 0 to 10,000,000; the rest is only counted. Messages are always kept.</summary>
    [Within(0, 10_000_000)]
    public int CallLogLimit { get; init; } = 100_000;
}
