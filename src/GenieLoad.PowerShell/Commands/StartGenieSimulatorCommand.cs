using System.Management.Automation;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>
/// Starts a simulated Genie workspace on this machine. A parameter that is given sets the property of <see cref="SimulatorOptions"/> that
/// has its name: meaning, default and range are there.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "GenieSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(Simulator))]
public sealed partial class StartGenieSimulatorCommand : GenieCmdlet
{
    /// <inheritdoc cref="SimulatorOptions.Seed"/>
    [Parameter(HelpMessage = "Seed for all random values: the same seed gives the same answers, latencies and faults.")]
    [ArgumentCompleter(typeof(SeedCompleter))]
    public int Seed { get; set; }

    /// <inheritdoc cref="SimulatorOptions.TimeScale"/>
    [Parameter(HelpMessage = "How many times faster than real time it runs, 0.01 to 10,000. With 10, it answers ten times faster.")]
    [ArgumentCompleter(typeof(TimeScaleCompleter))]
    public double TimeScale { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RateLimitPerMinute"/>
    [Parameter(HelpMessage = "Questions accepted per minute at time scale 1. No limit by default.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double? RateLimitPerMinute { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RateLimitBurst"/>
    [Parameter(HelpMessage = "Questions accepted at once after a pause. Default: the number per minute.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? RateLimitBurst { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RateLimiter"/>
    [Parameter(HelpMessage = "How questions are limited: TokenBucket, SlidingWindow or FixedWindow.")]
    [ValidateSet("TokenBucket", "SlidingWindow", "FixedWindow")]
    public string RateLimiter { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.RateLimitWindowSeconds"/>
    [Parameter(HelpMessage = "Seconds of a sliding or fixed window at time scale 1; 60 when left out.")]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    [SecondsTransformation]
    public double RateLimitWindowSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RateLimitCountsRejected"/>
    [Parameter(HelpMessage = "Count refused questions in a sliding window as well.")]
    public SwitchParameter RateLimitCountsRejected { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RateLimitScope"/>
    [Parameter(HelpMessage = "Whose questions share the limit: Workspace, Space or User.")]
    [ValidateSet("Workspace", "Space", "User")]
    public string RateLimitScope { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.RetryAfter"/>
    [Parameter(HelpMessage = "Form of the Retry-After header of a 429: None, Seconds or Date.")]
    [ValidateSet("None", "Seconds", "Date")]
    public string RetryAfter { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.RetryAfterSeconds"/>
    [Parameter(HelpMessage = "Value of Retry-After in seconds at time scale 1; $null for the time until the next question is accepted.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double? RetryAfterSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FailedShare"/>
    [Parameter(HelpMessage = "Share of messages that end as FAILED, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double FailedShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FailedErrorType"/>
    [Parameter(HelpMessage = "Error type of messages that end as FAILED.")]
    [ArgumentCompleter(typeof(FailedErrorTypeCompleter))]
    public string FailedErrorType { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.RateLimitedMessageShare"/>
    [Parameter(HelpMessage = "Share of messages that are accepted and then fail with RATE_LIMIT_EXCEEDED, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double RateLimitedMessageShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.CancelledShare"/>
    [Parameter(HelpMessage = "Share of messages that end as CANCELLED, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double CancelledShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ExpiredShare"/>
    [Parameter(HelpMessage = "Share of messages that end as QUERY_RESULT_EXPIRED, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double ExpiredShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.TextOnlyShare"/>
    [Parameter(HelpMessage = "Share of messages answered with text and no query, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double TextOnlyShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ClarificationShare"/>
    [Parameter(HelpMessage = "Share of messages answered with a clarifying question, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double ClarificationShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.RegenerateShare"/>
    [Parameter(HelpMessage = "Share of query answers that Genie regenerates with a second query, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double RegenerateShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.UnknownStatusShare"/>
    [Parameter(HelpMessage = "Share of messages that go through an undocumented status, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double UnknownStatusShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ResultRowCount"/>
    [Parameter(HelpMessage = "Rows in a query result; the API truncates at 5,000 and says so.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int ResultRowCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ResultChunkCount"/>
    [Parameter(HelpMessage = "Number of chunks in a query result, 1 to 1,000.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int ResultChunkCount { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ColdWarehouseSeconds"/>
    [Parameter(HelpMessage = "Seconds that the warehouse needs to start at the first query. Default: already running.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double? ColdWarehouseSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.WarehouseSize"/>
    [Parameter(HelpMessage = "Size of the warehouse, such as 2X-Small.")]
    [ArgumentCompleter(typeof(WarehouseSizeCompleter))]
    public string WarehouseSize { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.WarehouseSlots"/>
    [Parameter(HelpMessage = "Statements that each cluster of the warehouse runs at once; others wait. No limit by default.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? WarehouseSlots { get; set; }

    /// <inheritdoc cref="SimulatorOptions.WarehouseMaxClusters"/>
    [Parameter(HelpMessage = "Maximum number of clusters of the warehouse, 1 to 40.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int WarehouseMaxClusters { get; set; }

    /// <inheritdoc cref="SimulatorOptions.WarehouseAutoStopMinutes"/>
    [Parameter(HelpMessage = "Minutes without a statement for which the warehouse is billed on, not scaled; 0 for always. Default 10.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int WarehouseAutoStopMinutes { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ClusterStartSeconds"/>
    [Parameter(HelpMessage = "Seconds that a further cluster needs to start.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double ClusterStartSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ClusterIdleSeconds"/>
    [Parameter(HelpMessage = "Seconds without a statement after which a further cluster stops.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double ClusterIdleSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.CachedResultShare"/>
    [Parameter(HelpMessage = "Share of statements answered from the result cache, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double CachedResultShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.HideWarehouse"/>
    [Parameter(HelpMessage = "Spaces do not name their warehouse.")]
    public SwitchParameter HideWarehouse { get; set; }

    /// <inheritdoc cref="SimulatorOptions.HistoryLagSeconds"/>
    [Parameter(HelpMessage = "Seconds until the query history shows a statement, and from its end until it is final.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double HistoryLagSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.HistoryMissingShare"/>
    [Parameter(HelpMessage = "Share of statements that the query history never shows, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double HistoryMissingShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.HistoryForbidden"/>
    [Parameter(HelpMessage = "Answer calls for the query history and the warehouse with 403.")]
    public SwitchParameter HistoryForbidden { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BillingLagSeconds"/>
    [Parameter(HelpMessage = "Seconds until the billing tables show a question. Default: at once.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double BillingLagSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BillingForbidden"/>
    [Parameter(HelpMessage = "Refuse to read the billing tables.")]
    public SwitchParameter BillingForbidden { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BillingFreeUsage"/>
    [Parameter(HelpMessage = "Bill questions under a SKU without a list price.")]
    public SwitchParameter BillingFreeUsage { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BillingCorrected"/>
    [Parameter(HelpMessage = "The first record of the bill is wrong, taken back and stated again.")]
    public SwitchParameter BillingCorrected { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ServerErrorShare"/>
    [Parameter(HelpMessage = "Share of calls answered with a 5xx, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double ServerErrorShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ServerErrorStatus"/>
    [Parameter(HelpMessage = "Status of these answers, 500 to 599.")]
    [ArgumentCompleter(typeof(ServerErrorStatusCompleter))]
    public int ServerErrorStatus { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ServerErrorRetryAfterSeconds"/>
    [Parameter(HelpMessage = "Retry-After of a 503, in seconds at time scale 1. Default 1; $null for a gateway's 503 without Retry-After.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double? ServerErrorRetryAfterSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.HtmlErrorShare"/>
    [Parameter(HelpMessage = "Share of calls answered with a gateway's HTML page and 502, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double HtmlErrorShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ResetShare"/>
    [Parameter(HelpMessage = "Share of calls whose connection is reset before an answer, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double ResetShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.BodyResetShare"/>
    [Parameter(HelpMessage = "Share of calls whose connection is reset in the response body, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double BodyResetShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.SlowBodyShare"/>
    [Parameter(HelpMessage = "Share of calls whose response body arrives slowly, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double SlowBodyShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.SlowBodySeconds"/>
    [Parameter(HelpMessage = "Seconds that a slow response body takes.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double SlowBodySeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.MalformedJsonShare"/>
    [Parameter(HelpMessage = "Share of calls answered with truncated JSON, 0 to 1.")]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public double MalformedJsonShare { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FreezeAtSeconds"/>
    [Parameter(HelpMessage = "Seconds after the start when it stops answering. Default: never.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double? FreezeAtSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FreezeForSeconds"/>
    [Parameter(HelpMessage = "Seconds for which it stops answering.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double FreezeForSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.SubmittedSeconds"/>
    [Parameter(HelpMessage = "Median seconds in SUBMITTED.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double SubmittedSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FetchingMetadataSeconds"/>
    [Parameter(HelpMessage = "Median seconds in FETCHING_METADATA.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double FetchingMetadataSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.FilteringContextSeconds"/>
    [Parameter(HelpMessage = "Median seconds in FILTERING_CONTEXT.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double FilteringContextSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.AskingAiSeconds"/>
    [Parameter(HelpMessage = "Median seconds in ASKING_AI.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double AskingAiSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.PendingWarehouseSeconds"/>
    [Parameter(HelpMessage = "Median seconds in PENDING_WAREHOUSE with a warm warehouse.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double PendingWarehouseSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ExecutingQuerySeconds"/>
    [Parameter(HelpMessage = "Median seconds in EXECUTING_QUERY.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double ExecutingQuerySeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.ServiceSlots"/>
    [Parameter(HelpMessage = "Questions in flight up to which answers take no longer; above, they take proportionally longer.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? ServiceSlots { get; set; }

    /// <inheritdoc cref="SimulatorOptions.CallSeconds"/>
    [Parameter(HelpMessage = "Median seconds that any HTTP call takes.")]
    [SecondsTransformation]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public double CallSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.LatencySpread"/>
    [Parameter(HelpMessage = "Spread of all latencies, 0 (constant) to 3: each is its median times exp(spread x N(0, 1)).")]
    [ArgumentCompleter(typeof(SpreadCompleter))]
    public double LatencySpread { get; set; }

    /// <inheritdoc cref="SimulatorOptions.TokenLifetimeSeconds"/>
    [Parameter(HelpMessage = "Lifetime of an OAuth token in seconds, not scaled.")]
    [ArgumentCompleter(typeof(SecondsCompleter))]
    public int TokenLifetimeSeconds { get; set; }

    /// <inheritdoc cref="SimulatorOptions.SpaceTitle"/>
    [Parameter(HelpMessage = "Title of the first space; other spaces have a number added.")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string SpaceTitle { get; set; } = "";

    /// <inheritdoc cref="SimulatorOptions.SpaceCount"/>
    [Parameter(HelpMessage = "Number of spaces, 1 to 1,000.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int SpaceCount { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        SimulatorOptions options = WithGiven(new SimulatorOptions());
        options.Validate();
        if (ShouldProcess("127.0.0.1", "Start a simulated Genie workspace"))
            WriteObject(RunningSimulators.Start(options).ToModel());
    }
}
