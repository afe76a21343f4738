using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Billing;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class AgentConversationTests
{
    private static readonly SimulatorOptions OneStatement = Steady with { AgentStatementCount = 1 };

    [Theory]
    [InlineData(SimulatedAgentApi.Disabled, 404, "FEATURE_DISABLED")]
    [InlineData(SimulatedAgentApi.Forbidden, 403, "PERMISSION_DENIED")]
    public async Task A_workspace_may_have_no_agent_mode(SimulatedAgentApi api, int status, string code)
    {
        using var fixture = new SimulatorFixture(Steady with { AgentApi = api, RateLimitPerMinute = 1, RateLimitBurst = 1 });
        Answer answer = await PostAsync(fixture, AgentClient.Body("Revenue by region?"));
        Assert.Equal((status, code), (answer.Status, answer.Text("error_code")));
        if (api == SimulatedAgentApi.Disabled)
            Assert.Equal("Genie Agents Agent Mode API is not enabled for this workspace.", answer.Text("message"));
        // Chat mode is there, and its limit untouched.
        Assert.Equal(200, (await fixture.StartAsync("Revenue by region?")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"content":"Why?"}""")]
    [InlineData("""{"input":"Why?"}""")]
    [InlineData("""{"input":[]}""")]
    [InlineData("""{"input":[1]}""")]
    [InlineData("""{"input":[{"role":"user","content":"One?"},{"role":"user","content":"Two?"}]}""")]
    [InlineData("""{"input":[{"type":"message","role":"assistant","content":"Why?"}]}""")]
    [InlineData("""{"input":[{"type":"reasoning","role":"user","content":"Why?"}]}""")]
    [InlineData("""{"input":[{"type":"message","role":"user","content":" "}]}""")]
    [InlineData("""{"input":[{"type":"message","role":"user","content":[{"type":"input_image","text":"Why?"}]}]}""")]
    [InlineData("""{"input":[{"type":"message","role":"user","content":[]}]}""")]
    public async Task A_body_without_exactly_one_question_is_refused(string body)
    {
        using var fixture = new SimulatorFixture();
        Answer answer = await PostAsync(fixture, body);
        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.Text("error_code")));
        Assert.Empty(fixture.Simulator.Record.Messages);
    }

    [Fact]
    public async Task Content_may_be_a_text_and_has_the_same_limit_as_in_chat()
    {
        using var fixture = new SimulatorFixture(OneStatement);
        Assert.Equal(400, (await PostAsync(fixture, AgentClient.Body(new string('x', 10_001)))).Status);
        const string Body = """{"input":[{"type":"message","role":"user","content":"Why?"}]}""";
        AgentReading reading = await fixture.Clock.Drive(
            () => AgentClient.AskAsync(fixture.Client, fixture.Simulator.SpaceId, Body, fixture.Clock));
        Assert.Equal("response.completed", reading.LastType);
        Assert.Equal("Why?", fixture.Simulator.Record.Messages[0].Question);
        Assert.Equal((1, 1), (fixture.Simulator.Record.TimesSent("Why?"), fixture.Simulator.Record.TimesAccepted("Why?")));
    }

    [Fact]
    public async Task A_second_turn_goes_on_in_the_conversation()
    {
        using var fixture = new SimulatorFixture(OneStatement);
        AgentReading first = await fixture.AgentAsync("Revenue by region?");
        AgentReading second = await fixture.AgentAsync("And by product?", first.ConversationId);
        Assert.Equal(first.ConversationId, second.ConversationId);
        Assert.Equal([1, 2], fixture.Simulator.Record.Messages.Select(message => message.Turn));
        Answer unknown = await PostAsync(fixture, AgentClient.Body("And?", "none"));
        Assert.Equal((404, "RESOURCE_DOES_NOT_EXIST"), (unknown.Status, unknown.Text("error_code")));
        string chat = (await fixture.StartAsync("Chat?")).Text("conversation_id");
        Assert.Equal(404, (await PostAsync(fixture, AgentClient.Body("And?", chat))).Status);
    }

    [Fact]
    public async Task A_turn_beside_another_is_a_conflict_and_is_not_accepted()
    {
        using var fixture = new SimulatorFixture(OneStatement);
        Answer? conflict = null;
        await fixture.AgentAsync("Revenue by region?", seen: async frame =>
        {
            if (frame.Type == "response.created")
                conflict = await PostAsync(fixture, AgentClient.Body("And?", frame.Response.GetProperty("conversation_id").GetString()));
        });
        Assert.Equal((409, "RESOURCE_CONFLICT"), (conflict!.Status, conflict.Text("error_code")));
        Assert.Single(fixture.Simulator.Record.Messages);
        Assert.Equal(0, fixture.Simulator.Record.TimesAccepted("And?"));
    }

    [Fact]
    public async Task Both_modes_share_the_limit_and_what_is_refused_takes_nothing_from_it()
    {
        using var fixture = new SimulatorFixture(OneStatement with { RateLimitPerMinute = 3, RateLimitBurst = 3 });
        string conversation = "";
        Answer? refused = null;
        await fixture.AgentAsync("One?", seen: async frame =>
        {
            if (frame.Type != "response.created")
                return;
            conversation = frame.Response.GetProperty("conversation_id").GetString()!;
            Assert.Equal(409, (await PostAsync(fixture, AgentClient.Body("Beside?", conversation))).Status);
            Assert.Equal(400, (await PostAsync(fixture, "{}")).Status);
            Assert.Equal(404, (await PostAsync(fixture, AgentClient.Body("Elsewhere?", "none"))).Status);
            Assert.Equal(200, (await fixture.StartAsync("Two?")).Status);
            Assert.Equal(200, (await fixture.StartAsync("Three?")).Status);
            refused = await PostAsync(fixture, AgentClient.Body("Four?"));
            Assert.Equal(429, (await fixture.StartAsync("Five?")).Status);
        });
        Assert.Equal((429, "RATE_LIMIT_EXCEEDED"), (refused!.Status, refused.Text("error_code")));
        Assert.Equal(60, refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(3, fixture.Simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task Items_come_page_by_page_in_either_order()
    {
        using var fixture = new SimulatorFixture(OneStatement);
        AgentReading first = await fixture.AgentAsync("Revenue by region?");
        await fixture.AgentAsync("And by product?", first.ConversationId);
        string path = ItemsPath(fixture, first.ConversationId);
        Answer all = await fixture.GetAsync(path);
        string[] ids = IdsOf(all);
        Assert.Equal(12, ids.Distinct().Count());
        Assert.Equal(("list", ids[0], ids[^1], false), (
            all.Text("object"), all.Text("first_id"), all.Text("last_id"), all.At("has_more").GetBoolean()));
        Assert.Equal(("user", "Revenue by region?"), (all.Text("data", "0", "role"), all.Text("data", "0", "content", "0", "text")));
        Assert.Equal("And by product?", all.Text("data", "6", "content", "0", "text"));
        Assert.Equal(
            first.Added.Select(frame => frame.Item.GetRawText()),
            all.At("data").EnumerateArray().Skip(1).Take(5).Select(item => item.GetRawText()));

        Answer page = await fixture.GetAsync($"{path}?limit=5&after={ids[4]}");
        Assert.Equal(ids[5..10], IdsOf(page));
        Assert.True(page.At("has_more").GetBoolean());
        Assert.False((await fixture.GetAsync($"{path}?limit=5&after={ids[6]}")).At("has_more").GetBoolean());
        Assert.Equal(ids.Reverse().Skip(3).Take(2), IdsOf(await fixture.GetAsync($"{path}?order=desc&limit=2&after={ids[9]}")));
        Answer none = await fixture.GetAsync($"{path}?after={ids[^1]}");
        Assert.Equal((0, JsonValueKind.Null), (none.At("data").GetArrayLength(), none.At("first_id").ValueKind));
        foreach (string bad in (string[])["limit=0", "limit=101", "limit=x", "order=up", "after=none"])
            Assert.Equal(400, (await fixture.GetAsync($"{path}?{bad}")).Status);
        Assert.Equal(404, (await fixture.GetAsync(ItemsPath(fixture, "none"))).Status);
    }

    [Fact]
    public async Task Items_and_the_message_grow_as_the_record_says()
    {
        using var fixture = new SimulatorFixture(Steady with { AgentStatementCount = 3, AgentParallelShare = 0.5 });
        string[] bodies = [.. Enumerable.Range(0, 8).Select(i => AgentClient.Body($"Question {i}?"))];
        foreach (string body in bodies)
            (await AgentClient.PostAsync(fixture.Client, fixture.Simulator.SpaceId, body)).Dispose();
        IReadOnlyList<SimulatedMessage> truth = fixture.Simulator.Record.Messages;
        for (int step = 0; step < 120; step++, fixture.Advance(0.7))
        {
            DateTime now = fixture.Clock.GetUtcNow().UtcDateTime;
            foreach (SimulatedMessage message in truth)
            {
                Answer items = await fixture.GetAsync(ItemsPath(fixture, message.ConversationId));
                Assert.Equal(
                    message.Events.Where(one => one.ItemId != message.ResponseId && one.DueAt.Utc <= now).Select(one => one.ItemId),
                    IdsOf(items).Skip(1));
                SimulatedPhase? phase = message.Phases.LastOrDefault(p => p.StartedAt.Utc <= now && now < p.EndedAt.Utc);
                string status = phase is null ? message.FinalStatus
                    : now < message.Events[0].DueAt.Utc ? MessageStatus.Submitted
                    : phase.Status == AgentStatus.RunningSql ? MessageStatus.ExecutingQuery
                    : MessageStatus.AskingAi;
                Assert.Equal(status, await fixture.StatusAsync(
                    $"{fixture.SpacePath}/conversations/{message.ConversationId}/messages/{message.MessageId}"));
            }
        }
    }

    [Fact]
    public async Task The_spaces_routes_know_agent_conversations_and_their_statements()
    {
        using var fixture = new SimulatorFixture(Steady with { AgentStatementCount = 3, ResultChunkCount = 2 });
        AgentReading reading = await fixture.AgentAsync("Revenue by region?");
        SimulatedMessage truth = fixture.Simulator.Record.Messages[0];
        string path = $"{fixture.SpacePath}/conversations/{reading.ConversationId}/messages/{reading.ResponseId}";
        Answer message = await fixture.GetAsync(path);
        JsonElement[] queries = [.. message.At("attachments").EnumerateArray().Where(a => a.TryGetProperty("query", out _))];
        Assert.NotEmpty(queries);
        Assert.Equal(
            truth.Statements.Select(statement => statement.StatementId),
            queries.Select(query => query.GetProperty("query").GetProperty("statement_id").GetString()));
        Assert.Equal(
            queries.Length, queries.Select(query => query.GetProperty("query").GetProperty("query").GetString()).Distinct().Count());
        foreach (JsonElement query in queries)
        {
            Answer result = await fixture.GetAsync($"{path}/attachments/{query.GetProperty("attachment_id").GetString()}/query-result");
            Assert.Equal("SUCCEEDED", result.Text("statement_response", "status", "state"));
            string id = query.GetProperty("query").GetProperty("statement_id").GetString()!;
            Assert.Equal(200, (await fixture.GetAsync($"/api/2.0/sql/statements/{id}/result/chunks/1")).Status);
        }

        Assert.Equal(1, (await fixture.GetAsync(path[..path.LastIndexOf('/')])).At("messages").GetArrayLength());
        Answer list = await fixture.GetAsync(fixture.SpacePath + "/conversations");
        Assert.Equal("GENIE_CONVERSATION_TYPE_AGENT", list.Text("conversations", "0", "agent_type"));
        fixture.Advance(60);
        Assert.Equal(
            truth.Statements.Select(statement => statement.StatementId).Order(),
            (await fixture.GetAsync("/api/2.0/sql/history/queries")).At("res").EnumerateArray()
                .Select(row => row.GetProperty("query_id").GetString()!).Order());
        Assert.Equal(200, (await fixture.DeleteAsync(path[..path.LastIndexOf("/messages", StringComparison.Ordinal)])).Status);
        Assert.Equal(404, (await fixture.GetAsync(path)).Status);
        Assert.Equal(404, (await fixture.GetAsync(ItemsPath(fixture, reading.ConversationId))).Status);
    }

    [Fact]
    public async Task A_turn_is_billed_like_a_question_and_its_statements_keep_the_warehouse_awake()
    {
        using var fixture = new SimulatorFixture(Steady);
        await fixture.AgentAsync("Revenue by region?");
        SimulatorOptions options = fixture.Simulator.Options;
        fixture.Advance(3600);
        var clock = new SimulatorClock(fixture.Clock, options.TimeScale);
        SqlTable usage = new BillingTables(options, clock, fixture.Simulator.Record, "warehouse").At(clock.Now)[0];
        Assert.Contains(usage.Rows, row => Equals(row["usage_quantity"], fixture.Simulator.Record.Messages[0].GenieDbu));
        Assert.Contains(usage.Rows, row => Equals(row["usage_metadata.warehouse_id"], "warehouse"));
    }

    private static string ItemsPath(SimulatorFixture fixture, string conversationId) =>
        $"/api/2.0/genie/agents/{fixture.Simulator.SpaceId}/conversations/{conversationId}/items";

    /// <summary>Asks what is to be refused: a stream would not end while the clock stands.</summary>
    private static async Task<Answer> PostAsync(SimulatorFixture fixture, string body)
    {
        HttpResponseMessage response = await AgentClient.PostAsync(fixture.Client, fixture.Simulator.SpaceId, body).ConfigureAwait(false);
        Assert.NotEqual("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return await Answer.ReadAsync(response).ConfigureAwait(false);
    }

    private static string[] IdsOf(Answer answer) =>
        [.. answer.At("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
