using System.Text.Json;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class WireShapeTests
{
    [Fact]
    public async Task Start_conversation_wraps_the_message_and_create_message_does_not()
    {
        using var fixture = new SimulatorFixture();

        Answer started = await fixture.StartAsync("How many customers?");
        Assert.Equal(["conversation_id", "message_id", "conversation", "message"], started.Names);
        string conversation = started.Text("conversation_id");
        Assert.Equal(conversation, started.Text("conversation", "id"));
        Assert.Equal(conversation, started.Text("conversation", "conversation_id"));
        Assert.Equal("How many customers?", started.Text("conversation", "title"));
        Assert.Equal(fixture.Simulator.SpaceId, started.Text("conversation", "space_id"));
        Assert.Equal(started.Text("message_id"), started.Text("message", "id"));
        Assert.Equal("How many customers?", started.Text("message", "content"));
        Assert.Equal("SUBMITTED", started.Text("message", "status"));
        Assert.Equal(JsonValueKind.Null, started.At("message", "error").ValueKind);
        Assert.Equal(JsonValueKind.Null, started.At("message", "attachments").ValueKind);
        Assert.Equal(1788264000250, started.Number("message", "created_timestamp"));
        Assert.Equal(0, started.Number("message", "auto_regenerate_count"));

        fixture.Advance(10);
        Answer created = await fixture.PostAsync($"{fixture.SpacePath}/conversations/{conversation}/messages", Content("And by region?"));
        Assert.Equal(200, created.Status);
        Assert.Equal(conversation, created.Text("conversation_id"));
        Assert.Equal("And by region?", created.Text("content"));
        Assert.NotEqual(started.Text("message_id"), created.Text("message_id"));
        Assert.Equal(created.Text("message_id"), created.Text("id"));
    }

    [Fact]
    public async Task A_message_goes_through_the_statuses_and_shows_what_is_known_at_each()
    {
        using var fixture = new SimulatorFixture();
        string path = await fixture.AskAsync("Total revenue by region?");
        var seen = new List<(string Status, int Attachments)>();
        for (int i = 0; i < 10; i++)
        {
            Answer poll = await fixture.GetAsync(path);
            seen.Add((poll.Text("status"), poll.Names.Contains("attachments") ? poll.At("attachments").GetArrayLength() : 0));
            if (i == 7)
            {
                Assert.StartsWith("SELECT", poll.Text("attachments", "0", "query", "query"), StringComparison.Ordinal);
                Assert.False(poll.At("attachments", "0", "query").TryGetProperty("statement_id", out _));
            }

            if (i == 8)
            {
                Assert.Equal(36, poll.Text("attachments", "0", "query", "statement_id").Length);
                Assert.False(poll.At("attachments", "0", "query").TryGetProperty("query_result_metadata", out _));
            }

            fixture.Advance(1);
        }

        Assert.Equal(
            [
                ("SUBMITTED", 0), ("FETCHING_METADATA", 0), ("FILTERING_CONTEXT", 0), ("ASKING_AI", 0), ("ASKING_AI", 0), ("ASKING_AI", 0),
                ("ASKING_AI", 0), ("PENDING_WAREHOUSE", 1), ("EXECUTING_QUERY", 1), ("COMPLETED", 3),
            ],
            seen);
    }

    [Fact]
    public async Task A_completed_answer_carries_query_text_suggestions_and_server_times()
    {
        using var fixture = new SimulatorFixture();
        string path = await fixture.AskAsync("Total revenue by region?");
        fixture.Advance(100);
        Answer done = await fixture.GetAsync(path);

        Assert.Equal("COMPLETED", done.Text("status"));
        Assert.Equal(9000, done.Number("last_updated_timestamp") - done.Number("created_timestamp"));
        Assert.Equal(10, done.Number("attachments", "0", "query", "query_result_metadata", "row_count"));
        Assert.False(done.At("attachments", "0", "query", "query_result_metadata").TryGetProperty("is_truncated", out _));
        Assert.NotEmpty(done.Text("attachments", "1", "text", "content"));
        Assert.False(done.At("attachments", "1", "text").TryGetProperty("purpose", out _));
        Assert.Equal(3, done.At("attachments", "2", "suggested_questions", "questions").GetArrayLength());
        Assert.Equal(done.Text("attachments", "0", "query", "statement_id"), done.Text("query_result", "statement_id"));
        Assert.DoesNotContain("error", done.Names);
    }

    [Fact]
    public async Task A_result_has_manifest_and_rows_of_text_or_null()
    {
        using var fixture = new SimulatorFixture(Steady with { ResultRowCount = 20 });
        (string path, string attachment) = await CompleteAsync(fixture);
        Answer result = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");

        Assert.Equal(["statement_response"], result.Names);
        Assert.Equal("SUCCEEDED", result.Text("statement_response", "status", "state"));
        JsonElement manifest = result.At("statement_response", "manifest");
        Assert.Equal("JSON_ARRAY", manifest.GetProperty("format").GetString());
        Assert.Equal(20, manifest.GetProperty("total_row_count").GetInt32());
        Assert.Equal(1, manifest.GetProperty("total_chunk_count").GetInt32());
        Assert.False(manifest.GetProperty("truncated").GetBoolean());
        Assert.Equal(3, manifest.GetProperty("schema").GetProperty("columns").GetArrayLength());
        JsonElement rows = result.At("statement_response", "result", "data_array");
        Assert.Equal(20, rows.GetArrayLength());
        Assert.Equal("3.336E8", rows[0][1].GetString());
        Assert.Equal(JsonValueKind.Null, rows[16][1].ValueKind);
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(3, row.GetArrayLength()));
        Assert.False(result.At("statement_response", "result").TryGetProperty("next_chunk_index", out _));
    }

    [Fact]
    public async Task A_chunked_result_is_read_on_at_the_statement_without_links()
    {
        using var fixture = new SimulatorFixture(Steady with { ResultRowCount = 1000, ResultChunkCount = 3 });
        (string path, string attachment) = await CompleteAsync(fixture);
        Answer first = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");
        Assert.False(first.At("statement_response", "manifest", "truncated").GetBoolean());
        string statement = first.Text("statement_response", "statement_id");

        int rows = first.At("statement_response", "result", "data_array").GetArrayLength();
        JsonElement chunk = first.At("statement_response", "result");
        int chunks = 1;
        while (chunk.TryGetProperty("next_chunk_index", out JsonElement next))
        {
            Assert.False(chunk.TryGetProperty("next_chunk_internal_link", out _));
            chunk = (await fixture.GetAsync($"/api/2.0/sql/statements/{statement}/result/chunks/{next.GetInt32()}")).Json;
            Assert.Equal(rows, chunk.GetProperty("row_offset").GetInt32());
            rows += chunk.GetProperty("data_array").GetArrayLength();
            chunks++;
        }

        Assert.Equal((1000, 3), (rows, chunks));
        Assert.Equal(400, (await fixture.GetAsync($"/api/2.0/sql/statements/{statement}/result/chunks/3")).Status);
        Assert.Equal(404, (await fixture.GetAsync("/api/2.0/sql/statements/none/result/chunks/1")).Status);
    }

    [Fact]
    public async Task More_rows_than_the_api_gives_are_cut_and_said_to_be()
    {
        using var fixture = new SimulatorFixture(Steady with { ResultRowCount = 6000 });
        (string path, string attachment) = await CompleteAsync(fixture);
        Answer done = await fixture.GetAsync(path);
        Assert.True(done.At("attachments", "0", "query", "query_result_metadata", "is_truncated").GetBoolean());
        Assert.Equal(5000, done.Number("attachments", "0", "query", "query_result_metadata", "row_count"));
        Answer result = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");
        Assert.True(result.At("statement_response", "manifest", "truncated").GetBoolean());
        Assert.Equal(5000, result.At("statement_response", "result", "data_array").GetArrayLength());
    }

    [Fact]
    public async Task A_result_is_refused_before_the_query_runs_and_running_while_it_does()
    {
        using var fixture = new SimulatorFixture();
        string path = await fixture.AskAsync("Total revenue by region?");
        fixture.Advance(7.5);
        string attachment = (await fixture.GetAsync(path)).Text("attachments", "0", "attachment_id");
        Answer pending = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");
        Assert.Equal((400, "INVALID_STATE"), (pending.Status, pending.Text("error_code")));
        fixture.Advance(1);
        Answer running = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");
        Assert.Equal((200, "RUNNING"), (running.Status, running.Text("statement_response", "status", "state")));
        Assert.False(running.At("statement_response").TryGetProperty("manifest", out _));
    }

    [Fact]
    public async Task The_older_result_paths_answer_too()
    {
        using var fixture = new SimulatorFixture();
        (string path, string attachment) = await CompleteAsync(fixture);
        Assert.Equal(200, (await fixture.GetAsync($"{path}/query-result")).Status);
        Assert.Equal(200, (await fixture.GetAsync($"{path}/query-result/{attachment}")).Status);
        Assert.Equal("PENDING", (await fixture.PostAsync($"{path}/execute-query", null)).Text("statement_response", "status", "state"));
    }

    [Fact]
    public async Task A_text_attachment_is_no_query()
    {
        using var fixture = new SimulatorFixture(Steady with { TextOnlyShare = 1 });
        string path = await fixture.AskAsync("What can you do?");
        fixture.Advance(10);
        string attachment = (await fixture.GetAsync(path)).Text("attachments", "0", "attachment_id");
        Answer answer = await fixture.GetAsync($"{path}/attachments/{attachment}/query-result");
        Assert.Equal((400, "BAD_REQUEST"), (answer.Status, answer.Text("error_code")));
    }

    [Fact]
    public async Task Lists_are_newest_first_and_paged()
    {
        using var fixture = new SimulatorFixture();
        var conversations = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            conversations.Add((await fixture.StartAsync($"Question {i}")).Text("conversation_id"));
            fixture.Advance(10);
        }

        Answer first = await fixture.GetAsync($"{fixture.SpacePath}/conversations?page_size=2");
        Answer second = await fixture.GetAsync($"{fixture.SpacePath}/conversations?page_size=2&page_token={first.Text("next_page_token")}");
        Answer third = await fixture.GetAsync($"{fixture.SpacePath}/conversations?page_size=2&page_token={second.Text("next_page_token")}");
        Assert.DoesNotContain("next_page_token", third.Names);
        Assert.Equal("Question 4", first.Text("conversations", "0", "title"));
        Assert.Equal(
            Enumerable.Reverse(conversations),
            new[] { first, second, third }
                .SelectMany(page => page.At("conversations").EnumerateArray())
                .Select(item => item.GetProperty("conversation_id").GetString()!));

        string messages = $"{fixture.SpacePath}/conversations/{conversations[0]}/messages";
        await fixture.PostAsync(messages, Content("Follow-up"));
        Assert.Equal(
            ["Follow-up", "Question 0"],
            (await fixture.GetAsync(messages)).At("messages").EnumerateArray().Select(item => item.GetProperty("content").GetString()));
        Assert.Equal(400, (await fixture.GetAsync($"{messages}?page_size=many")).Status);
        Assert.Equal(400, (await fixture.GetAsync($"{messages}?page_token=made-up")).Status);
    }

    [Fact]
    public async Task Spaces_are_listed_and_found()
    {
        using var fixture = new SimulatorFixture(Steady with { SpaceCount = 3, SpaceTitle = "Sales" });
        Answer list = await fixture.GetAsync("/api/2.0/genie/spaces");
        Assert.Equal(["Sales", "Sales 2", "Sales 3"], list.At("spaces").EnumerateArray().Select(s => s.GetProperty("title").GetString()));
        Answer space = await fixture.GetAsync(fixture.SpacePath);
        Assert.Equal(fixture.Simulator.SpaceId, space.Text("space_id"));
        Assert.Equal(16, space.Text("warehouse_id").Length);
    }

    [Fact]
    public async Task Deleted_things_are_gone()
    {
        using var fixture = new SimulatorFixture();
        string message = await fixture.AskAsync("Short-lived");
        Answer deleted = await fixture.DeleteAsync(message);
        Assert.Equal((200, ""), (deleted.Status, deleted.Body));
        Assert.Equal(404, (await fixture.GetAsync(message)).Status);
        string conversation = message[..message.IndexOf("/messages", StringComparison.Ordinal)];
        Assert.Equal(200, (await fixture.DeleteAsync(conversation)).Status);
        Assert.Equal(404, (await fixture.DeleteAsync(conversation)).Status);
    }

    [Fact]
    public async Task Feedback_is_kept_and_a_comment_with_none_is_refused()
    {
        using var fixture = new SimulatorFixture();
        (string path, _) = await CompleteAsync(fixture);
        Assert.Equal(400, (await fixture.PostAsync($"{path}/feedback", """{"rating":"NONE","comment":"hm"}""")).Status);
        Assert.Equal(400, (await fixture.PostAsync($"{path}/feedback", """{"rating":"GREAT"}""")).Status);
        Assert.Equal(200, (await fixture.PostAsync($"{path}/feedback", """{"rating":"POSITIVE","comment":"good"}""")).Status);
        Assert.Equal("POSITIVE", (await fixture.GetAsync(path)).Text("feedback", "rating"));
    }

    /// <summary>A question answered in full, with the path of its message and the id of its query attachment.</summary>
    private static async Task<(string Path, string Attachment)> CompleteAsync(SimulatorFixture fixture)
    {
        string path = await fixture.AskAsync("Total revenue by region?");
        fixture.Advance(20);
        return (path, (await fixture.GetAsync(path)).Text("attachments", "0", "attachment_id"));
    }
}
