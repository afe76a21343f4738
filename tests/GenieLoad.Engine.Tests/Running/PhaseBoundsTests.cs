using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>What really happened lies inside the bounds of a row, in every case: the simulator's record is the truth.</summary>
public sealed class PhaseBoundsTests
{
    // Ticks of the clock, and nothing else, may lie between two doubles.
    private const double Hair = 1e-6;

    private static readonly (string Status, Func<QuestionResult, (double? Lower, double? Upper)> Of)[] Phases =
    [
        ("FETCHING_METADATA", row => (row.FetchingMetadataLowerSeconds, row.FetchingMetadataUpperSeconds)),
        ("FILTERING_CONTEXT", row => (row.FilteringContextLowerSeconds, row.FilteringContextUpperSeconds)),
        ("ASKING_AI", row => (row.AskingAiLowerSeconds, row.AskingAiUpperSeconds)),
        ("PENDING_WAREHOUSE", row => (row.PendingWarehouseLowerSeconds, row.PendingWarehouseUpperSeconds)),
        ("EXECUTING_QUERY", row => (row.ExecutingQueryLowerSeconds, row.ExecutingQueryUpperSeconds)),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_truth_lies_inside_the_bounds_under_every_fault(int seed)
    {
        var random = new Random(seed);
        double speed = Math.Pow(10, (random.NextDouble() * 1.5) - 1);

        // Every fourth run gives its questions up early. A call that is cut off ends on another thread while the fake clock goes on, so
        // there calls take no time.
        bool hurried = seed % 4 == 0;
        double faults = hurried ? 0 : 1;
        var simulator = new SimulatorOptions
        {
            Seed = seed, CallSeconds = hurried ? 0 : random.NextDouble() * 0.8, LatencySpread = random.NextDouble(),
            FetchingMetadataSeconds = speed * 0.5, FilteringContextSeconds = speed * 0.4, AskingAiSeconds = speed * 4,
            PendingWarehouseSeconds = speed * 0.3, ExecutingQuerySeconds = speed * 1.5,
            RateLimitPerMinute = seed % 3 == 0 ? 40 : null, RateLimitBurst = 5, RetryAfterSeconds = 4,
            ServerErrorShare = 0.08, ResetShare = 0.05, BodyResetShare = 0.04 * faults, SlowBodyShare = 0.05 * faults,
            MalformedJsonShare = 0.04,
            FailedShare = 0.1, RegenerateShare = 0.4, TextOnlyShare = 0.15, ClarificationShare = 0.05, UnknownStatusShare = 0.2,
            CancelledShare = 0.05, ExpiredShare = 0.05,
        };
        var options = new LoadTestOptions { QuestionTimeoutSeconds = hurried ? 8 : 300 };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(40, 30, workers: 20, seed: seed), simulator, options);

        Dictionary<string, SimulatedMessage> truth = run.Truth.Messages.ToDictionary(message => message.MessageId);
        QuestionResult[] accepted = [.. run.Rows.Where(row => row.MessageId is not null)];
        Assert.NotEmpty(accepted);
        Assert.All(accepted, row => TruthIsInside(row, truth[row.MessageId!]));
        Assert.All(accepted, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task Bounds_are_as_narrow_as_the_polls_are_close()
    {
        var simulator = new SimulatorOptions { LatencySpread = 0, CallSeconds = 0, AskingAiSeconds = 20.25 };
        var options = new LoadTestOptions { Poll = new PollOptions { FirstSeconds = 1, Factor = 1, MaximumSeconds = 1 } };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(1, 1, workers: 1), simulator, options);

        QuestionResult row = Assert.Single(run.Rows);
        Assert.InRange(row.AskingAiUpperSeconds!.Value - row.AskingAiLowerSeconds!.Value, 0.5, 2.2);
        Assert.InRange(20.25, row.AskingAiLowerSeconds.Value, row.AskingAiUpperSeconds.Value);
        Assert.InRange(row.DetectionUpperSeconds!.Value, 0.9, 1.1);
        Assert.InRange(row.DetectionSeconds!.Value, 0, row.DetectionUpperSeconds.Value);
    }

    [Fact]
    public async Task A_phase_that_passed_between_two_polls_has_bounds_and_no_time()
    {
        // At the first poll, after a second, the model is already at work.
        var simulator = new SimulatorOptions
        {
            LatencySpread = 0, CallSeconds = 0, SubmittedSeconds = 0.1, FetchingMetadataSeconds = 0.2, FilteringContextSeconds = 0.1,
        };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(1, 1, workers: 1), simulator);

        QuestionResult row = Assert.Single(run.Rows);
        Assert.Null(row.FetchingMetadataSeconds);
        Assert.Equal(0, row.FetchingMetadataLowerSeconds);
        Assert.InRange(row.FetchingMetadataUpperSeconds!.Value, 0.2, 1.1);
    }

    [Fact]
    public async Task The_query_is_known_before_the_answer_and_not_before_it_was_written()
    {
        var simulator = new SimulatorOptions { LatencySpread = 0, CallSeconds = 0, AskingAiSeconds = 6, ExecutingQuerySeconds = 8 };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(1, 1, workers: 1), simulator);

        QuestionResult row = Assert.Single(run.Rows);
        SimulatedMessage truth = Assert.Single(run.Truth.Messages);
        double written = (truth.Phases.Single(phase => phase.Status == "ASKING_AI").EndedAt.Utc - truth.AcceptedAt.Utc).TotalSeconds;
        Assert.InRange(row.SqlKnownSeconds!.Value, written - Hair, written + 5.1);
        Assert.True(row.SqlKnownSeconds < truth.AnswerSeconds);
        Assert.True(row.FirstAttachmentSeconds <= row.SqlKnownSeconds);
    }

    /// <summary>Of a question that was given up, what came after that is nobody's concern.</summary>
    private static void TruthIsInside(QuestionResult row, SimulatedMessage truth)
    {
        DateTime seenUntil = row.CompletedAt!.Value;
        foreach ((string status, Func<QuestionResult, (double? Lower, double? Upper)> of) in Phases)
        {
            double seconds = truth.Phases.Where(phase => phase.Status == status).Sum(phase => Math.Max(
                0, (Earlier(phase.EndedAt.Utc, seenUntil) - Earlier(phase.StartedAt.Utc, seenUntil)).TotalSeconds));
            (double? lower, double? upper) = of(row);
            string says = $"{row.Index} {row.Outcome} {row.Status}: {status} lasted {seconds}, bounds {lower} to {upper}, "
                + string.Join(" ", truth.Phases.Select(phase => $"{phase.Status} {phase.Seconds:0.000}"));
            if (upper is null)
                Assert.True(seconds < Hair, says);
            else
                Assert.True(seconds >= lower - Hair && seconds <= upper + Hair, says);
        }

        // With a retry, what was slept after the end is in the row's end too.
        if (row is { DetectionUpperSeconds: double late, Retries: 0 })
        {
            double lateness = (row.CompletedAt.Value - truth.CompletedAt.Utc).TotalSeconds - (row.FetchSeconds ?? 0);
            Assert.InRange(lateness, -Hair, late + Hair);
        }
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
