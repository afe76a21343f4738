using System.Text.Json;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class AnswerKindTests
{
    [Fact]
    public async Task Text_is_there_while_still_asking_and_no_query_phase_follows()
    {
        using var fixture = new SimulatorFixture(Steady with { TextOnlyShare = 1 });
        string path = await fixture.AskAsync("What can you do?");
        fixture.Advance(6);
        Answer asking = await fixture.GetAsync(path);
        Assert.Equal("ASKING_AI", asking.Text("status"));
        Assert.NotEmpty(asking.Text("attachments", "0", "text", "content"));
        fixture.Advance(1);
        Answer done = await fixture.GetAsync(path);
        Assert.Equal("COMPLETED", done.Text("status"));
        Assert.DoesNotContain("query_result", done.Names);
        Assert.DoesNotContain(done.At("attachments").EnumerateArray(), item => item.TryGetProperty("query", out _));
    }

    [Fact]
    public async Task A_clarification_is_a_completed_text_with_its_purpose()
    {
        using var fixture = new SimulatorFixture(Steady with { ClarificationShare = 1 });
        string path = await fixture.AskAsync("Revenue?");
        fixture.Advance(7);
        Answer done = await fixture.GetAsync(path);
        Assert.Equal(("COMPLETED", "FOLLOW_UP_QUESTION"), (done.Text("status"), done.Text("attachments", "0", "text", "purpose")));
    }

    [Fact]
    public async Task A_repaired_query_comes_second_and_only_it_has_a_result()
    {
        using var fixture = new SimulatorFixture(Steady with { RegenerateShare = 1 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(9.5);
        Answer again = await fixture.GetAsync(path);
        Assert.Equal("ASKING_AI", again.Text("status"));
        Assert.Equal(1, again.Number("auto_regenerate_count"));
        fixture.Advance(10);
        Answer done = await fixture.GetAsync(path);
        JsonElement[] queries = [.. done.At("attachments").EnumerateArray()
            .Where(item => item.TryGetProperty("query", out _)).Select(item => item.GetProperty("query"))];
        Assert.Equal(2, queries.Length);
        Assert.NotEqual(queries[0].GetProperty("query").GetString(), queries[1].GetProperty("query").GetString());
        Assert.False(queries[0].TryGetProperty("query_result_metadata", out _));
        Assert.True(queries[1].TryGetProperty("query_result_metadata", out _));
    }

    [Fact]
    public async Task An_expired_result_comes_back_by_running_the_query_again()
    {
        using var fixture = new SimulatorFixture(Steady with { ExpiredShare = 1 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(10);
        Answer expired = await fixture.GetAsync(path);
        Assert.Equal("QUERY_RESULT_EXPIRED", expired.Text("status"));
        string query = $"{path}/attachments/{expired.Text("attachments", "0", "attachment_id")}";
        Assert.Equal(400, (await fixture.GetAsync(query + "/query-result")).Status);

        Answer rerun = await fixture.PostAsync(query + "/execute-query", null);
        Assert.Equal((200, "PENDING"), (rerun.Status, rerun.Text("statement_response", "status", "state")));
        Assert.False(rerun.At("statement_response").TryGetProperty("manifest", out _));
        fixture.Advance(1.5);
        Assert.Equal("RUNNING", (await fixture.GetAsync(query + "/query-result")).Text("statement_response", "status", "state"));
        fixture.Advance(1);
        Answer result = await fixture.GetAsync(query + "/query-result");
        Assert.Equal("SUCCEEDED", result.Text("statement_response", "status", "state"));
        Assert.NotEqual(expired.Text("attachments", "0", "query", "statement_id"), result.Text("statement_response", "statement_id"));
        Assert.Equal("COMPLETED", await fixture.StatusAsync(path));
    }

    [Theory]
    [InlineData("SQL_EXECUTION_EXCEPTION", true)]
    [InlineData("CONTENT_FILTER_EXCEPTION", false)]
    public async Task A_failed_message_says_why_in_error_dot_error(string type, bool hasQuery)
    {
        using var fixture = new SimulatorFixture(Steady with { FailedShare = 1, FailedErrorType = type });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(10);
        Answer failed = await fixture.GetAsync(path);
        Assert.Equal(("FAILED", type), (failed.Text("status"), failed.Text("error", "type")));
        Assert.NotEmpty(failed.Text("error", "error"));
        Assert.Equal(hasQuery, failed.Names.Contains("attachments"));
    }

    [Fact]
    public async Task A_rate_limit_inside_the_service_fails_an_accepted_message()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitedMessageShare = 1 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(10);
        Assert.StartsWith("RATE_LIMIT_EXCEEDED_", (await fixture.GetAsync(path)).Text("error", "type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_message_has_two_ls()
    {
        using var fixture = new SimulatorFixture(Steady with { CancelledShare = 1 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(10);
        Assert.Equal("CANCELLED", await fixture.StatusAsync(path));
    }

    [Fact]
    public async Task An_unknown_status_is_passed_through()
    {
        using var fixture = new SimulatorFixture(Steady with { UnknownStatusShare = 1 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(3.5);
        Assert.Equal("THINKING_HARD", await fixture.StatusAsync(path));
        fixture.Advance(1);
        Assert.Equal("ASKING_AI", await fixture.StatusAsync(path));
    }

    [Fact]
    public async Task A_second_message_in_a_busy_conversation_fails_and_the_first_goes_on()
    {
        using var fixture = new SimulatorFixture();
        string first = await fixture.AskAsync("Revenue by region?");
        string messages = first[..first.LastIndexOf('/')];
        string second = $"{messages}/{(await fixture.PostAsync(messages, Content("And by product?"))).Text("message_id")}";
        fixture.Advance(10);
        Answer blocked = await fixture.GetAsync(second);
        Assert.Equal("BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION", blocked.Text("error", "type"));
        Assert.Equal("COMPLETED", await fixture.StatusAsync(first));
        string third = $"{messages}/{(await fixture.PostAsync(messages, Content("And by product?"))).Text("message_id")}";
        fixture.Advance(10);
        Assert.Equal("COMPLETED", await fixture.StatusAsync(third));
    }

    [Fact]
    public async Task A_cold_warehouse_holds_up_all_queries_until_it_has_started_once()
    {
        using var fixture = new SimulatorFixture(Steady with { ColdWarehouseSeconds = 60 });
        string first = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(20);
        string second = await fixture.AskAsync("Revenue by product?");
        fixture.Advance(46);
        Assert.Equal("PENDING_WAREHOUSE", await fixture.StatusAsync(first));
        Assert.Equal("PENDING_WAREHOUSE", await fixture.StatusAsync(second));
        fixture.Advance(2);
        Assert.Equal("COMPLETED", await fixture.StatusAsync(first));
        Assert.Equal("COMPLETED", await fixture.StatusAsync(second));
        string third = await fixture.AskAsync("Revenue by store?");
        fixture.Advance(9);
        Assert.Equal("COMPLETED", await fixture.StatusAsync(third));
    }
}
