using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Ways;

/// <summary>What rows say of an agent's work beside what the simulator knows of it.</summary>
public sealed class AgentTruthTests
{
    private const double Tolerance = 0.001;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Each_instant_is_that_of_the_service_to_the_millisecond(int seed)
    {
        var random = SeededRandom.For(seed, "agent-truth", 0);
        double Up(double most) => most * random.NextDouble();
        var options = new SimulatorOptions
        {
            Seed = seed, CallSeconds = Up(0.5), RateLimitPerMinute = 20 + Up(40), RateLimitBurst = 4, RetryAfterSeconds = Up(20),
            ServerErrorShare = Up(0.1), ServerErrorRetryAfterSeconds = 2, FailedShare = Up(0.2), AgentIncompleteShare = Up(0.1),
            AgentParallelShare = Up(0.8), AgentStatementCount = 1 + random.NextInt32(4), AgentKeepAliveSeconds = Up(5),
            AgentRepeatedItems = seed % 2 == 0, TextOnlyShare = Up(0.2),
        };

        SimulatedRun run = await SimulatedRun.Of(Agents(40, 60, workers: 15), options);

        QuestionResult[] heard = [.. run.Rows.Where(row => row is { MessageId: not null, Polls: 0 })];
        Assert.True(heard.Length >= 30, $"Only {heard.Length} questions were heard to their end.");
        Dictionary<string, SimulatedMessage> truth = run.Truth.Messages.ToDictionary(message => message.MessageId);
        foreach (QuestionResult row in heard)
            Compare(row, truth[row.MessageId!], run.Truth.StartedAt);
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0, 0.4)]
    public async Task Streams_that_break_off_lose_no_answer_and_ask_nothing_twice(double truncated, double reset)
    {
        var options = new SimulatorOptions { Seed = 3, AgentTruncatedShare = truncated, BodyResetShare = reset };

        SimulatedRun run = await SimulatedRun.Of(Agents(30, 30, workers: 30), options);

        Assert.All(run.Rows, row => Assert.Contains(row.Outcome, new[] { Outcome.Completed, Outcome.Ambiguous }));
        Assert.All(run.Rows, row => Assert.Equal(1, run.Truth.TimesAccepted(row.Question)));
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
        QuestionResult[] found = [.. run.Rows.Where(row => row is { Success: true, Polls: > 0 })];
        Assert.True(found.Length >= 3, $"Only {found.Length} answers were looked up.");
        foreach (QuestionResult row in found)
        {
            SimulatedMessage message = run.Truth.Messages.Single(one => one.MessageId == row.MessageId);
            double ended = (message.CompletedAt.Utc - run.Truth.StartedAt.Utc).TotalSeconds;
            // Seen by the first look after it; the estimate lies between the two looks.
            Assert.InRange(row.CompletedOffsetSeconds!.Value - ended, -0.2, 15);
            Assert.Equal(message.Events.Count - 2, row.ItemCount!.Value);
            Assert.Equal(message.Statements.Select(statement => statement.StatementId).Order(), row.StatementIds!.Split(' ').Order());
        }
    }

    [Fact]
    public async Task Responses_that_end_badly_behind_a_lost_stream_are_known_as_such()
    {
        var options = new SimulatorOptions { Seed = 4, AgentTruncatedShare = 0.6, AgentIncompleteShare = 0.3, FailedShare = 0.2 };

        SimulatedRun run = await SimulatedRun.Of(Agents(30, 30, workers: 30), options);

        QuestionResult[] looked = [.. run.Rows.Where(row => row.Polls > 0)];
        Assert.True(looked.Count(row => row.Outcome == Outcome.Failed) >= 3, "Hardly anything failed behind a lost stream.");
        Dictionary<string, SimulatedMessage> truth = run.Truth.Messages.ToDictionary(message => message.MessageId);
        Assert.All(looked, row => Assert.Equal(
            truth[row.MessageId!].FinalStatus == "COMPLETED" ? Outcome.Completed : Outcome.Failed, row.Outcome));
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    /// <summary>A plan of questions in agent mode, some of them in conversations.</summary>
    internal static Plan Agents(int count, double seconds, int workers, string? conversation = null)
    {
        Plan plan = SimulatedRun.Plan(count, seconds, workers, i => conversation ?? (i % 3 == 0 ? null : $"c{i % 7}"));
        PlannedQuestion[] questions = [.. plan.Questions.Select(one => one with { Mode = QuestionMode.Agent })];
        return plan with { Questions = new RowList<PlannedQuestion>(questions) };
    }

    private static void Compare(QuestionResult row, SimulatedMessage message, SimulatedInstant start)
    {
        double Offset(SimulatedInstant at) => (at.Utc - start.Utc).TotalSeconds;
        double? Delivered(SimulatedAgentEventKind kind, bool last = false)
        {
            IEnumerable<SimulatedAgentEvent> events = message.Events.Where(one => one.Kind == kind && one.DeliveredAt is not null);
            return (last ? events.LastOrDefault() : events.FirstOrDefault()) is { } one ? Offset(one.DeliveredAt!.Value) : null;
        }
        void Same(double? expected, double? actual, string what) => Assert.True(
            expected is null == actual is null && (expected is null || Math.Abs(expected.Value - actual!.Value) < Tolerance),
            $"Question {row.Index}, {what}: {actual}, and the simulator says {expected}.");
        // The send that was accepted is the last one.
        double sent = double.Parse(row.Sends!.Split(' ')[^1].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
        SimulatedAgentEvent[] items =
        [
            .. message.Events.Where(one => one.DeliveredAt is not null
                && one.Kind is not (SimulatedAgentEventKind.Created or SimulatedAgentEventKind.Terminal)),
        ];
        Same(Delivered(SimulatedAgentEventKind.Created), sent + row.AcknowledgedSeconds, "acknowledged");
        Same(items.Length == 0 ? null : Offset(items[0].DeliveredAt!.Value), sent + row.FirstItemSeconds, "first item");
        Same(Delivered(SimulatedAgentEventKind.FunctionCall), sent + row.FirstSqlSeconds, "first SQL");
        Same(Delivered(SimulatedAgentEventKind.FunctionCall, last: true), sent + row.LastSqlSeconds, "last SQL");
        Same(Delivered(SimulatedAgentEventKind.Terminal), row.CompletedOffsetSeconds, "end");
        Assert.Equal(items.Length, row.ItemCount);
        Assert.Equal(items.Count(one => one.Kind == SimulatedAgentEventKind.FunctionCall), row.StatementCount);
        double[] events = [sent, .. message.Events.Where(one => one.DeliveredAt is not null).Select(one => Offset(one.DeliveredAt!.Value))];
        Same(events.Zip(events.Skip(1)).Max(pair => pair.Second - pair.First), row.LongestSilenceSeconds, "longest silence");
        double Phase(string status) => message.Phases.Where(phase => phase.Status == status)
            .Sum(phase => Offset(phase.EndedAt) - Offset(phase.StartedAt));
        // The clock of the test goes in steps of 10 ms, so each change is seen up to a step late.
        double steps = 0.011 * (1 + items.Length);
        Assert.Equal(Phase(AgentStatus.RunningSql), row.SqlSeconds ?? 0, steps);
        Assert.Equal(Phase(AgentStatus.Writing), row.WritingSeconds ?? 0, steps);
        LoadTestOrchestratorTests.AddsUp(row);
    }
}
