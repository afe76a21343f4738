using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Starts a simulated Genie workspace on this machine.</summary>
[Cmdlet(VerbsLifecycle.Start, "GenieSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(Simulator))]
public sealed class StartGenieSimulatorCommand : GenieCmdlet
{
    private static readonly SimulatorOptions Defaults = new();

    /// <summary>Seed of everything that is drawn: the same seed gives the same answers, latencies and faults.</summary>
    [Parameter(HelpMessage = "Seed of everything that is drawn: the same seed gives the same answers, latencies and faults.")]
    public int Seed { get; set; } = Defaults.Seed;

    /// <summary>How many times faster than life it runs, 0.01 to 10,000: 10 answers ten times faster.</summary>
    [Parameter(HelpMessage = "How many times faster than life it runs, 0.01 to 10,000: 10 answers ten times faster.")]
    public double TimeScale { get; set; } = Defaults.TimeScale;

    /// <summary>Questions admitted per minute at time scale 1; no limit when left out.</summary>
    [Parameter(HelpMessage = "Questions admitted per minute at time scale 1; no limit when left out.")]
    public double? RateLimitPerMinute { get; set; } = Defaults.RateLimitPerMinute;

    /// <summary>Questions admitted at once after a pause; the rate of one minute when left out.</summary>
    [Parameter(HelpMessage = "Questions admitted at once after a pause; the rate of one minute when left out.")]
    public int? RateLimitBurst { get; set; } = Defaults.RateLimitBurst;

    /// <summary>How a 429 says when to come back: None, Seconds or Date.</summary>
    [Parameter(HelpMessage = "How a 429 says when to come back: None, Seconds or Date.")]
    [ValidateSet("None", "Seconds", "Date")]
    public string RetryAfter { get; set; } = Defaults.RetryAfter.ToString();

    /// <summary>
    /// What <c>Retry-After</c> says, in seconds at time scale 1; <see langword="null"/> for the time until the next admission.
    /// </summary>
    [Parameter(HelpMessage = "What Retry-After says, in seconds at time scale 1; $null for the time until the next admission.")]
    public double? RetryAfterSeconds { get; set; } = Defaults.RetryAfterSeconds;

    /// <summary>Share of messages that end as FAILED, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages that end as FAILED, 0 to 1.")]
    public double FailedShare { get; set; } = Defaults.FailedShare;

    /// <summary>Error type of messages that end as FAILED.</summary>
    [Parameter(HelpMessage = "Error type of messages that end as FAILED.")]
    [ArgumentCompleter(typeof(FailedErrorTypeCompleter))]
    public string FailedErrorType { get; set; } = Defaults.FailedErrorType;

    /// <summary>Share of messages that are accepted and then fail with RATE_LIMIT_EXCEEDED, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages that are accepted and then fail with RATE_LIMIT_EXCEEDED, 0 to 1.")]
    public double RateLimitedMessageShare { get; set; } = Defaults.RateLimitedMessageShare;

    /// <summary>Share of messages that end as CANCELLED, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages that end as CANCELLED, 0 to 1.")]
    public double CancelledShare { get; set; } = Defaults.CancelledShare;

    /// <summary>Share of messages that end as QUERY_RESULT_EXPIRED, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages that end as QUERY_RESULT_EXPIRED, 0 to 1.")]
    public double ExpiredShare { get; set; } = Defaults.ExpiredShare;

    /// <summary>Share of messages answered with text and no query, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages answered with text and no query, 0 to 1.")]
    public double TextOnlyShare { get; set; } = Defaults.TextOnlyShare;

    /// <summary>Share of messages answered with a question back, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages answered with a question back, 0 to 1.")]
    public double ClarificationShare { get; set; } = Defaults.ClarificationShare;

    /// <summary>Share of query answers that Genie repairs with a second query, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of query answers that Genie repairs with a second query, 0 to 1.")]
    public double RegenerateShare { get; set; } = Defaults.RegenerateShare;

    /// <summary>Share of messages that pass through a status no client knows, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of messages that pass through a status no client knows, 0 to 1.")]
    public double UnknownStatusShare { get; set; } = Defaults.UnknownStatusShare;

    /// <summary>Rows of a query result; the API cuts at 5,000 and says so.</summary>
    [Parameter(HelpMessage = "Rows of a query result; the API cuts at 5,000 and says so.")]
    public int ResultRowCount { get; set; } = Defaults.ResultRowCount;

    /// <summary>Chunks a query result comes in, 1 to 1,000.</summary>
    [Parameter(HelpMessage = "Chunks a query result comes in, 1 to 1,000.")]
    public int ResultChunkCount { get; set; } = Defaults.ResultChunkCount;

    /// <summary>Seconds the warehouse needs to start from the first query on; warm when left out.</summary>
    [Parameter(HelpMessage = "Seconds the warehouse needs to start from the first query on; warm when left out.")]
    public double? ColdWarehouseSeconds { get; set; } = Defaults.ColdWarehouseSeconds;

    /// <summary>Share of calls answered with a 5xx, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls answered with a 5xx, 0 to 1.")]
    public double ServerErrorShare { get; set; } = Defaults.ServerErrorShare;

    /// <summary>Status of those, 500 to 599.</summary>
    [Parameter(HelpMessage = "Status of those, 500 to 599.")]
    public int ServerErrorStatus { get; set; } = Defaults.ServerErrorStatus;

    /// <summary><c>Retry-After</c> of a 503, in seconds at time scale 1; null for a gateway's 503, which has none.</summary>
    [Parameter(HelpMessage = "Retry-After of a 503, in seconds at time scale 1; 1 when left out, "
        + "$null for a gateway's 503, which has none.")]
    public double? ServerErrorRetryAfterSeconds { get; set; } = Defaults.ServerErrorRetryAfterSeconds;

    /// <summary>Share of calls answered with a gateway's HTML page and 502, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls answered with a gateway's HTML page and 502, 0 to 1.")]
    public double HtmlErrorShare { get; set; } = Defaults.HtmlErrorShare;

    /// <summary>Share of calls whose connection is reset before an answer, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls whose connection is reset before an answer, 0 to 1.")]
    public double ResetShare { get; set; } = Defaults.ResetShare;

    /// <summary>Share of calls whose connection is reset in the body of the answer, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls whose connection is reset in the body of the answer, 0 to 1.")]
    public double BodyResetShare { get; set; } = Defaults.BodyResetShare;

    /// <summary>Share of calls whose body comes in drops, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls whose body comes in drops, 0 to 1.")]
    public double SlowBodyShare { get; set; } = Defaults.SlowBodyShare;

    /// <summary>Seconds that such a body takes.</summary>
    [Parameter(HelpMessage = "Seconds that such a body takes.")]
    public double SlowBodySeconds { get; set; } = Defaults.SlowBodySeconds;

    /// <summary>Share of calls answered with JSON that stops in the middle, 0 to 1.</summary>
    [Parameter(HelpMessage = "Share of calls answered with JSON that stops in the middle, 0 to 1.")]
    public double MalformedJsonShare { get; set; } = Defaults.MalformedJsonShare;

    /// <summary>Seconds after the start at which it stops answering; never when left out.</summary>
    [Parameter(HelpMessage = "Seconds after the start at which it stops answering; never when left out.")]
    public double? FreezeAtSeconds { get; set; } = Defaults.FreezeAtSeconds;

    /// <summary>Seconds for which it stops answering.</summary>
    [Parameter(HelpMessage = "Seconds for which it stops answering.")]
    public double FreezeForSeconds { get; set; } = Defaults.FreezeForSeconds;

    /// <summary>Median seconds in SUBMITTED.</summary>
    [Parameter(HelpMessage = "Median seconds in SUBMITTED.")]
    public double SubmittedSeconds { get; set; } = Defaults.SubmittedSeconds;

    /// <summary>Median seconds in FETCHING_METADATA.</summary>
    [Parameter(HelpMessage = "Median seconds in FETCHING_METADATA.")]
    public double FetchingMetadataSeconds { get; set; } = Defaults.FetchingMetadataSeconds;

    /// <summary>Median seconds in FILTERING_CONTEXT.</summary>
    [Parameter(HelpMessage = "Median seconds in FILTERING_CONTEXT.")]
    public double FilteringContextSeconds { get; set; } = Defaults.FilteringContextSeconds;

    /// <summary>Median seconds in ASKING_AI.</summary>
    [Parameter(HelpMessage = "Median seconds in ASKING_AI.")]
    public double AskingAiSeconds { get; set; } = Defaults.AskingAiSeconds;

    /// <summary>Median seconds in PENDING_WAREHOUSE with a warm warehouse.</summary>
    [Parameter(HelpMessage = "Median seconds in PENDING_WAREHOUSE with a warm warehouse.")]
    public double PendingWarehouseSeconds { get; set; } = Defaults.PendingWarehouseSeconds;

    /// <summary>Median seconds in EXECUTING_QUERY.</summary>
    [Parameter(HelpMessage = "Median seconds in EXECUTING_QUERY.")]
    public double ExecutingQuerySeconds { get; set; } = Defaults.ExecutingQuerySeconds;

    /// <summary>Median seconds that any HTTP call takes.</summary>
    [Parameter(HelpMessage = "Median seconds that any HTTP call takes.")]
    public double CallSeconds { get; set; } = Defaults.CallSeconds;

    /// <summary>Spread of all latencies, 0 (constant) to 3: each is its median times exp(spread x N(0, 1)).</summary>
    [Parameter(HelpMessage = "Spread of all latencies, 0 (constant) to 3: each is its median times exp(spread x N(0, 1)).")]
    public double LatencySpread { get; set; } = Defaults.LatencySpread;

    /// <summary>Life of an OAuth token in seconds, never scaled.</summary>
    [Parameter(HelpMessage = "Life of an OAuth token in seconds, never scaled.")]
    public int TokenLifetimeSeconds { get; set; } = Defaults.TokenLifetimeSeconds;

    /// <summary>Title of the first space; further ones get a number behind it.</summary>
    [Parameter(HelpMessage = "Title of the first space; further ones get a number behind it.")]
    public string SpaceTitle { get; set; } = Defaults.SpaceTitle;

    /// <summary>Number of spaces, 1 to 1,000.</summary>
    [Parameter(HelpMessage = "Number of spaces, 1 to 1,000.")]
    public int SpaceCount { get; set; } = Defaults.SpaceCount;

    /// <inheritdoc/>
    protected override void Process()
    {
        SimulatorOptions options = ToOptions();
        options.Validate();
        if (ShouldProcess("127.0.0.1", "Start a simulated Genie workspace"))
            WriteObject(RunningSimulators.Start(options).ToModel());
    }

    private SimulatorOptions ToOptions() => new()
    {
        Seed = Seed,
        TimeScale = TimeScale,
        RateLimitPerMinute = RateLimitPerMinute,
        RateLimitBurst = RateLimitBurst,
        RetryAfter = Enum.Parse<RetryAfterForm>(RetryAfter, ignoreCase: true),
        RetryAfterSeconds = RetryAfterSeconds,
        FailedShare = FailedShare,
        FailedErrorType = FailedErrorType,
        RateLimitedMessageShare = RateLimitedMessageShare,
        CancelledShare = CancelledShare,
        ExpiredShare = ExpiredShare,
        TextOnlyShare = TextOnlyShare,
        ClarificationShare = ClarificationShare,
        RegenerateShare = RegenerateShare,
        UnknownStatusShare = UnknownStatusShare,
        ResultRowCount = ResultRowCount,
        ResultChunkCount = ResultChunkCount,
        ColdWarehouseSeconds = ColdWarehouseSeconds,
        ServerErrorShare = ServerErrorShare,
        ServerErrorStatus = ServerErrorStatus,
        ServerErrorRetryAfterSeconds = ServerErrorRetryAfterSeconds,
        HtmlErrorShare = HtmlErrorShare,
        ResetShare = ResetShare,
        BodyResetShare = BodyResetShare,
        SlowBodyShare = SlowBodyShare,
        SlowBodySeconds = SlowBodySeconds,
        MalformedJsonShare = MalformedJsonShare,
        FreezeAtSeconds = FreezeAtSeconds,
        FreezeForSeconds = FreezeForSeconds,
        SubmittedSeconds = SubmittedSeconds,
        FetchingMetadataSeconds = FetchingMetadataSeconds,
        FilteringContextSeconds = FilteringContextSeconds,
        AskingAiSeconds = AskingAiSeconds,
        PendingWarehouseSeconds = PendingWarehouseSeconds,
        ExecutingQuerySeconds = ExecutingQuerySeconds,
        CallSeconds = CallSeconds,
        LatencySpread = LatencySpread,
        TokenLifetimeSeconds = TokenLifetimeSeconds,
        SpaceTitle = SpaceTitle,
        SpaceCount = SpaceCount,
    };
}
