using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Script;

public sealed class AgentScriptTests
{
    private static readonly SimulatorOptions Varied = new()
    {
        CallSeconds = 0, FailedShare = 0.1, CancelledShare = 0.1, AgentIncompleteShare = 0.1, TextOnlyShare = 0.1, ClarificationShare = 0.1,
        AgentParallelShare = 0.5,
    };

    [Fact]
    public async Task Phases_are_what_the_events_say_and_have_no_gaps()
    {
        foreach (SimulatedMessage message in await AskAsync(Varied, 200))
        {
            Assert.Equal(message.AcceptedAt, message.Phases[0].StartedAt);
            Assert.Equal(message.CompletedAt, message.Phases[^1].EndedAt);
            Assert.Equal(message.Events.OrderBy(one => one.DueAt.Timestamp), message.Events);
            SimulatedAgentEvent? answer = message.Events.SingleOrDefault(one => one.Kind == SimulatedAgentEventKind.Message);
            SimulatedInstant? writesFrom = answer is null ? null : message.Events.TakeWhile(one => one != answer).Last().DueAt;
            for (int i = 0; i < message.Phases.Count; i++)
            {
                SimulatedPhase phase = message.Phases[i];
                if (i > 0)
                    Assert.Equal(message.Phases[i - 1].EndedAt, phase.StartedAt);
                int open = message.Events.Where(one => one.DueAt.Timestamp <= phase.StartedAt.Timestamp).Sum(one => one.Kind switch
                {
                    SimulatedAgentEventKind.FunctionCall => 1,
                    SimulatedAgentEventKind.FunctionCallOutput => -1,
                    _ => 0,
                });
                string expected = phase.StartedAt == writesFrom ? AgentStatus.Writing
                    : open > 0 ? AgentStatus.RunningSql
                    : AgentStatus.Thinking;
                Assert.Equal(expected, phase.Status);
            }
        }
    }

    [Fact]
    public async Task Statements_are_as_many_as_drawn_and_some_run_side_by_side()
    {
        SimulatedMessage[] messages = await AskAsync(Steady with { AgentParallelShare = 0.5 }, 300);
        int[] counts = [.. messages.Select(message => message.Statements.Count)];
        Assert.Equal([1, 2, 3, 4, 5], counts.Distinct().Order());
        Assert.InRange(counts.Average(), 2.7, 3.3);
        Assert.Contains(messages, message => MostOpen(message) == 2);
        Assert.All(messages, message => Assert.InRange(MostOpen(message), 1, 2));
        Assert.All(await AskAsync(Steady with { AgentParallelShare = 0 }, 50), message => Assert.Equal(1, MostOpen(message)));
        Assert.All(await AskAsync(Steady with { AgentStatementCount = 1 }, 50), message => Assert.Single(message.Statements));
    }

    [Fact]
    public async Task Outputs_come_as_their_statements_end()
    {
        SimulatorOptions options = new() { CallSeconds = 0, WarehouseSlots = 1, ColdWarehouseSeconds = 20 };
        foreach (SimulatedMessage message in await AskAsync(options, 30))
        {
            Assert.Equal(
                message.Statements.Select(statement => statement.EndedAt).OrderBy(instant => instant.Timestamp),
                message.Events.Where(one => one.Kind == SimulatedAgentEventKind.FunctionCallOutput).Select(one => one.DueAt));
        }
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_whatever_the_order()
    {
        string[] forward = [.. (await AskAsync(Varied with { Seed = 7 }, 40)).Select(TextOf)];
        string[] backward = [.. (await AskAsync(Varied with { Seed = 7 }, 40, reverse: true)).Select(TextOf)];
        string[] other = [.. (await AskAsync(Varied with { Seed = 8 }, 40)).Select(TextOf)];
        Assert.Equal(forward.Order(StringComparer.Ordinal), backward.Order(StringComparer.Ordinal));
        Assert.Empty(forward.Intersect(other));
    }

    [Fact]
    public async Task Answers_take_longer_in_proportion_to_what_is_in_flight_beyond_the_slots_and_a_cancel_makes_room()
    {
        using var fixture = new SimulatorFixture(Steady with { ServiceSlots = 1, TextOnlyShare = 1, AgentKeepAliveSeconds = 0 });
        await PostAsync(fixture, "One?");
        await PostAsync(fixture, "Two?");
        fixture.Advance(2);
        await fixture.PostAsync(
            $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/responses/{fixture.Simulator.Record.Messages[1].ResponseId}/cancel", null);
        await PostAsync(fixture, "Three?");
        await fixture.StartAsync("Chat?");
        // A text takes 12 s in agent mode and 7 s in chat mode.
        Assert.Equal([12, 2, 24, 21], fixture.Simulator.Record.Messages.Select(message => message.AnswerSeconds));
    }

    [Fact]
    public async Task Text_and_questions_back_run_no_statement()
    {
        SimulatorOptions[] all = [Steady with { TextOnlyShare = 1 }, Steady with { ClarificationShare = 1 }];
        foreach (SimulatorOptions options in all)
        {
            using var fixture = new SimulatorFixture(options);
            AgentReading reading = await fixture.AgentAsync("Revenue by region?");
            Assert.Equal(["response.created", "reasoning", "message", "response.completed"],
                reading.Frames.Where(frame => !frame.Type.EndsWith(".done", StringComparison.Ordinal)).Select(frame => frame.Kind));
            Assert.False(reading.Added.Last().Item.TryGetProperty("metadata", out _));
            string text = reading.Added.Last().Item.GetProperty("content")[0].GetProperty("text").GetString()!;
            Assert.Equal(options.ClarificationShare > 0, text.StartsWith("Do you mean", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("SQL_EXECUTION_EXCEPTION")]
    [InlineData("BUDGET_EXCEEDED_EXCEPTION")]
    public async Task Failures_come_in_the_middle_half_of_them_as_an_error(string errorType)
    {
        using var fixture = new SimulatorFixture(Steady with { FailedShare = 1, FailedErrorType = errorType });
        List<string> last = [];
        for (int i = 0; i < 20; i++)
        {
            AgentReading reading = await fixture.AgentAsync($"Question {i}?");
            AgentFrame end = reading.Frames[^1];
            last.Add(end.Type);
            string? code = (end.Type == "error" ? end.Json : end.Response.GetProperty("error")).GetProperty("code").GetString();
            Assert.Equal(errorType, code);
            SimulatedMessage truth = fixture.Simulator.Record.Messages[i];
            Assert.Equal((MessageStatus.Failed, errorType), (truth.FinalStatus, truth.ErrorType));
            Assert.NotEmpty(truth.Statements);
            Assert.Equal(errorType.StartsWith("SQL", StringComparison.Ordinal), truth.Statements.Any(statement => !statement.Succeeded));
            Assert.DoesNotContain(truth.Events, one => one.Kind == SimulatedAgentEventKind.Message);
            Answer message = await fixture.GetAsync($"{fixture.SpacePath}/conversations/{truth.ConversationId}/messages/{truth.MessageId}");
            Assert.Equal((MessageStatus.Failed, errorType), (message.Text("status"), message.Text("error", "type")));
        }

        Assert.Equal(["error", "response.failed"], last.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_service_may_meet_its_own_limit_cancel_or_run_out_of_tokens()
    {
        using var limited = new SimulatorFixture(Steady with { RateLimitedMessageShare = 1 });
        AgentFrame end = (await limited.AgentAsync("Revenue by region?")).Frames[^1];
        Assert.Equal("response.failed", end.Type);
        Assert.StartsWith(
            "RATE_LIMIT_EXCEEDED_", end.Response.GetProperty("error").GetProperty("code").GetString(), StringComparison.Ordinal);

        using var cancelled = new SimulatorFixture(Steady with { CancelledShare = 1 });
        Assert.Equal("response.cancelled", (await cancelled.AgentAsync("Revenue by region?")).LastType);
        Assert.Equal(MessageStatus.Cancelled, cancelled.Simulator.Record.Messages[0].FinalStatus);

        using var incomplete = new SimulatorFixture(Steady with { AgentIncompleteShare = 1 });
        end = (await incomplete.AgentAsync("Revenue by region?")).Frames[^1];
        Assert.Equal(("response.incomplete", "max_output_tokens"), (
            end.Type, end.Response.GetProperty("incomplete_details").GetProperty("reason").GetString()));
        Assert.Equal(MessageStatus.Failed, incomplete.Simulator.Record.Messages[0].FinalStatus);
    }

    [Fact]
    public async Task Chat_is_drawn_as_without_agent_options()
    {
        SimulatorOptions changed = Varied with
        {
            AgentThinkingSeconds = 60, AgentStatementCount = 9, AgentIncompleteShare = 0.5, AgentTruncatedShare = 1,
        };
        Assert.Equal(await ChatAsync(Varied), await ChatAsync(changed));

        static async Task<string[]> ChatAsync(SimulatorOptions options)
        {
            using var fixture = new SimulatorFixture(options);
            for (int i = 0; i < 40; i++)
                await fixture.AskAsync($"Question {i}?");
            Assert.All(
                fixture.Simulator.Record.Messages,
                message => Assert.Equal((QuestionMode.Chat, 0), (message.Mode, message.Events.Count)));
            return [.. fixture.Simulator.Record.Messages.Select(TextOf)];
        }
    }

    private static int MostOpen(SimulatedMessage message)
    {
        int open = 0, most = 0;
        foreach (SimulatedAgentEvent one in message.Events)
        {
            open += one.Kind switch { SimulatedAgentEventKind.FunctionCall => 1, SimulatedAgentEventKind.FunctionCallOutput => -1, _ => 0 };
            most = Math.Max(most, open);
        }

        return most;
    }

    private static string TextOf(SimulatedMessage message) =>
        $"{message.Question} {message.MessageId} {message.ConversationId} {message.FinalStatus} {message.ErrorType} "
        + string.Join(' ', message.Phases.Select(phase => $"{phase.Status} {phase.Seconds:F4}"))
        + string.Join(' ', message.Events.Select(one => one.ItemId));

    private static async Task<SimulatedMessage[]> AskAsync(SimulatorOptions options, int count, bool reverse = false)
    {
        using var fixture = new SimulatorFixture(options);
        IEnumerable<int> order = Enumerable.Range(0, count);
        foreach (int i in reverse ? order.Reverse() : order)
        {
            await PostAsync(fixture, $"Question {i}?");
            fixture.Advance(0.3);
        }

        return [.. fixture.Simulator.Record.Messages];
    }

    // The head comes at once where calls take no time; the turn needs no reader.
    private static async Task PostAsync(SimulatorFixture fixture, string question) =>
        (await AgentClient.PostAsync(fixture.Client, fixture.Simulator.SpaceId, AgentClient.Body(question))).Dispose();
}
