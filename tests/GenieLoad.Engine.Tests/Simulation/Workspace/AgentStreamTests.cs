using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class AgentStreamTests
{
    private static readonly SimulatorOptions OneStatement = Steady with { AgentStatementCount = 1 };

    [Fact]
    public async Task A_turn_tells_what_it_does_in_order_and_each_event_when_it_is_due()
    {
        using var fixture = new SimulatorFixture(OneStatement with { CallSeconds = 0.5 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        Assert.Equal(200, reading.Status);
        Assert.Equal(
            [
                "response.created", "reasoning", "reasoning", "function_call", "function_call", "function_call_output",
                "function_call_output", "reasoning", "reasoning", "message", "message", "response.completed",
            ],
            reading.Frames.Select(frame => frame.Kind));
        Assert.Equal(Enumerable.Range(0, 12), reading.Frames.Select(frame => frame.Json.GetProperty("sequence_number").GetInt32()));
        Assert.All(reading.Frames, frame => Assert.Equal(frame.Type, frame.Json.GetProperty("type").GetString()));
        Assert.Equal([0, 1, 2, 3, 4], reading.Added.Select(frame => frame.Json.GetProperty("output_index").GetInt32()));

        SimulatedMessage truth = Assert.Single(fixture.Simulator.Record.Messages);
        double[] due = [.. truth.Events.Select(one => (one.DueAt.Utc - truth.AcceptedAt.Utc).TotalSeconds)];
        double run = due[3] - due[2];
        Assert.InRange(run, 1.8, 1.9);
        Assert.Equal([1, 7, 7, 7 + run, 13 + run, 18 + run, 18 + run], due);
        Assert.Equal(truth.Statements[0].EndedAt, truth.Events[3].DueAt);
        Assert.Equal(truth.CompletedAt, truth.Events[^1].DueAt);
    }

    [Fact]
    public async Task What_a_reader_sees_is_what_the_record_says_to_the_tick()
    {
        using var fixture = new SimulatorFixture(new SimulatorOptions());
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedMessage truth = Assert.Single(fixture.Simulator.Record.Messages);
        AgentFrame[] first = [reading.Frames[0], .. reading.Added, reading.Frames[^1]];
        Assert.Equal(first.Select(frame => frame.At), truth.Events.Select(one => one.DeliveredAt!.Value.Timestamp));
        Assert.Equal(
            [reading.ResponseId, .. reading.Added.Select(frame => frame.Item.GetProperty("id").GetString()), reading.ResponseId],
            truth.Events.Select(one => one.ItemId));
        // A step of the clock and the millisecond of a timer.
        Assert.All(truth.Events, one => Assert.InRange((one.DeliveredAt!.Value.Utc - one.DueAt.Utc).TotalMilliseconds, 0, 11));
        Assert.Equal((truth.Events[0].DeliveredAt, truth.Events[^1].DeliveredAt), (truth.AcceptanceDeliveredAt, truth.EndDeliveredAt));
        Assert.Equal(
            (QuestionMode.Agent, reading.ResponseId, reading.ConversationId), (truth.Mode, truth.ResponseId, truth.ConversationId));
        SimulatedCall call = Assert.Single(fixture.Simulator.Record.Calls);
        Assert.Equal(
            (SimulatedOperation.CreateResponse, 200, true, true, truth.EndDeliveredAt),
            (call.Operation, call.Status, call.Accepted, call.IsQuestion, call.CompletedAt));
    }

    [Fact]
    public async Task Items_have_the_shapes_of_the_service()
    {
        using var fixture = new SimulatorFixture(OneStatement with { ResultRowCount = 250 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedStatement statement = Assert.Single(fixture.Simulator.Record.Messages[0].Statements);
        JsonElement[] items = [.. reading.Added.Select(frame => frame.Item)];
        Assert.Equal("summary_text", items[0].GetProperty("summary")[0].GetProperty("type").GetString());
        Assert.Equal("execute_sql", items[1].GetProperty("name").GetString());
        JsonElement arguments = JsonDocument.Parse(items[1].GetProperty("arguments").GetString()!).RootElement;
        Assert.StartsWith("SELECT ", arguments.GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(arguments.GetProperty("title").GetString()!);
        Assert.Equal(items[1].GetProperty("call_id").GetString(), items[2].GetProperty("call_id").GetString());
        Assert.Equal(statement.StatementId, items[2].GetProperty("metadata").GetProperty("statement_id").GetString());
        string[] table = items[2].GetProperty("output").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((102, "|---|---|---|"), (table.Length, table[1]));
        Assert.Equal("output_text", items[4].GetProperty("content")[0].GetProperty("type").GetString());
        JsonElement metadata = items[4].GetProperty("metadata");
        Assert.Equal(
            (250, 100), (metadata.GetProperty("total_row_count").GetInt32(), metadata.GetProperty("preview_rows").GetArrayLength()));
        Assert.Equal(arguments.GetProperty("sql").GetString(), metadata.GetProperty("sql").GetString());
        Assert.Equal(statement.StatementId, metadata.GetProperty("statement_id").GetString());
        Assert.Equal(3, metadata.GetProperty("columns").GetArrayLength());
        JsonElement response = reading.Frames[^1].Response;
        Assert.Equal(("completed", "genie-agent", 5), (
            response.GetProperty("status").GetString(), response.GetProperty("model").GetString(),
            response.GetProperty("output").GetArrayLength()));
        JsonElement created = reading.Frames[0].Response;
        Assert.Equal(
            ("in_progress", 0), (created.GetProperty("status").GetString(), created.GetProperty("output").GetArrayLength()));
    }

    [Fact]
    public async Task Items_may_come_a_third_time()
    {
        using var fixture = new SimulatorFixture(OneStatement with { AgentRepeatedItems = true });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        Assert.Equal(17, reading.Frames.Count);
        Assert.Equal(5, reading.Frames.Count(frame => frame.Type == "response.output_item.updated"));
    }

    [Fact]
    public async Task Silence_is_broken_by_comments()
    {
        using var fixture = new SimulatorFixture(
            OneStatement with { TextOnlyShare = 1, AgentThinkingSeconds = 50, AgentWritingSeconds = 40 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedInstant accepted = fixture.Simulator.Record.Messages[0].AcceptedAt;
        Assert.Equal([16, 31, 46, 66, 81], reading.Frames.Where(frame => frame.Type == ":")
            .Select(frame => fixture.Clock.GetElapsedTime(accepted.Timestamp, frame.At).TotalSeconds));

        using var silent = new SimulatorFixture(OneStatement with { AgentThinkingSeconds = 50, AgentKeepAliveSeconds = 0 });
        Assert.DoesNotContain((await silent.AgentAsync("Revenue by region?")).Frames, frame => frame.Type == ":");
    }

    [Fact]
    public async Task A_frozen_simulator_sends_nothing_and_the_turn_goes_on()
    {
        using var fixture = new SimulatorFixture(OneStatement with { FreezeAtSeconds = 5, FreezeForSeconds = 60 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
        Assert.Equal(1, (truth.Events[0].DeliveredAt!.Value.Utc - truth.AcceptedAt.Utc).TotalSeconds);
        Assert.All(truth.Events.Skip(1), one => Assert.Equal(65, (one.DeliveredAt!.Value.Utc - truth.AcceptedAt.Utc).TotalSeconds));
        Assert.InRange(truth.AnswerSeconds, 19, 20);
        Assert.DoesNotContain(reading.Frames, frame => frame.Type == ":");
    }

    [Fact]
    public async Task The_time_scale_divides_everything()
    {
        using var fixture = new SimulatorFixture(OneStatement with { TimeScale = 10, AgentThinkingSeconds = 40 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
        Assert.Equal([0.1, 4.1], truth.Events.Take(2).Select(one => (one.DueAt.Utc - truth.AcceptedAt.Utc).TotalSeconds));
        Assert.Equal(1.6, fixture.Clock.GetElapsedTime(truth.AcceptedAt.Timestamp, reading.Frames[1].At).TotalSeconds);
        Assert.Equal(":", reading.Frames[1].Type);
    }

    [Fact]
    public async Task A_cancelled_turn_ends_at_once_and_brings_nothing_more()
    {
        using var fixture = new SimulatorFixture(Steady with { AgentStatementCount = 20 });
        Answer? cancelled = null;
        string path = $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/responses/";
        AgentReading reading = await fixture.AgentAsync("Revenue by region?", seen: async frame =>
        {
            if (frame.Kind == "function_call" && cancelled is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), fixture.Clock);
                string id = fixture.Simulator.Record.Messages[0].ResponseId;
                cancelled = await fixture.PostAsync($"{path}{id}/cancel", null);
            }
        });
        Assert.Equal((200, "cancelled"), (cancelled!.Status, cancelled.Text("status")));
        Assert.Equal("response.cancelled", reading.LastType);
        Assert.Equal("cancelled", reading.Frames[^1].Response.GetProperty("status").GetString());
        SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
        Assert.Equal(7.5, truth.AnswerSeconds);
        Assert.Equal((MessageStatus.Cancelled, truth.CompletedAt), (truth.FinalStatus, truth.EndDeliveredAt));
        Assert.Equal([AgentStatus.Thinking, AgentStatus.RunningSql], truth.Phases.Select(phase => phase.Status));
        // The reader knew of the call from its first event on, though it took long to read the next.
        Assert.Equal(7, (truth.Events[2].DeliveredAt!.Value.Utc - truth.AcceptedAt.Utc).TotalSeconds);
        // What it had called for runs; what it had not called for never does.
        Assert.Single(truth.Statements);
        fixture.Advance(600);
        Assert.Equal(1, (await fixture.GetAsync("/api/2.0/sql/history/queries")).At("res").GetArrayLength());
        Answer items = await fixture.GetAsync(
            $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/conversations/{reading.ConversationId}/items");
        Assert.Equal(3, items.At("data").GetArrayLength());
        Assert.Equal("cancelled", (await fixture.PostAsync($"{path}{reading.ResponseId}/cancel", null)).Text("status"));
        Answer message = await fixture.GetAsync(
            $"{fixture.SpacePath}/conversations/{reading.ConversationId}/messages/{reading.ResponseId}");
        Assert.Equal(MessageStatus.Cancelled, message.Text("status"));
        Assert.False(message.At("attachments", "0", "query").TryGetProperty("query_result_metadata", out _));
    }

    [Fact]
    public async Task A_waiting_reader_hears_of_a_cancel_at_its_instant()
    {
        using var fixture = new SimulatorFixture(OneStatement with { AgentThinkingSeconds = 100, AgentKeepAliveSeconds = 0 });
        Task cancel = Task.CompletedTask;
        AgentReading reading = await fixture.AgentAsync("Revenue by region?", seen: frame =>
        {
            if (frame.Type == "response.created")
                cancel = CancelAsync(frame.Response.GetProperty("id").GetString()!);
            return Task.CompletedTask;
        });
        await cancel;
        Assert.Equal(["response.created", "response.cancelled"], reading.Frames.Select(frame => frame.Type));
        SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
        Assert.Equal((21, truth.CompletedAt.Timestamp), (truth.AnswerSeconds, reading.Frames[^1].At));
        Assert.Empty(truth.Statements);

        async Task CancelAsync(string id)
        {
            await Task.Delay(TimeSpan.FromSeconds(20), fixture.Clock).ConfigureAwait(false);
            await fixture.PostAsync($"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/responses/{id}/cancel", null).ConfigureAwait(false);
        }
    }

    [Fact]
    public async Task A_turn_that_is_over_cannot_be_cancelled_and_says_how_it_ended()
    {
        using var fixture = new SimulatorFixture(OneStatement);
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        string path = $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/responses/";
        Answer answer = await fixture.PostAsync($"{path}{reading.ResponseId}/cancel", null);
        Assert.Equal((200, "completed", 5), (answer.Status, answer.Text("status"), answer.At("output").GetArrayLength()));
        Assert.Equal(404, (await fixture.PostAsync(path + "none/cancel", null)).Status);
        Assert.Equal(MessageStatus.Completed, fixture.Simulator.Record.Messages[0].FinalStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleting_it_ends_a_turn(bool message)
    {
        using var fixture = new SimulatorFixture(OneStatement);
        AgentReading reading = await fixture.AgentAsync("Revenue by region?", seen: async frame =>
        {
            if (frame.Type != "response.created")
                return;
            SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
            string path = $"{fixture.SpacePath}/conversations/{truth.ConversationId}";
            Assert.Equal(200, (await fixture.DeleteAsync(message ? $"{path}/messages/{truth.MessageId}" : path)).Status);
        });
        Assert.Equal(["response.created", "response.cancelled"], reading.Frames.Select(frame => frame.Type));
        string cancel = $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/responses/{reading.ResponseId}/cancel";
        Assert.Equal(404, (await fixture.PostAsync(cancel, null)).Status);
    }
}
