using System.Text.Json;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Ids that would lead to another address: whoever names them, nothing is sent there.</summary>
public sealed class StrangeIdTests
{
    public static TheoryData<string> Strange => ["", ".", "..", "a/../b", "%2e%2e", "..\\", "x y", "a\0", "ä", new string('a', 2000)];

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task A_question_whose_answer_names_no_message_that_can_be_is_not_asked_again(string id)
    {
        string text = JsonSerializer.Serialize(id);
        foreach (string answer in new[] { $$"""{"conversation_id":"c1","message_id":{{text}}}""", $$"""{"conversation_id":{{text}},"message_id":"m1"}""" })
        {
            var space = new ScriptedSpace().Retrying(new RetryOptions { ResendAmbiguous = true }).Says("start", ScriptedSpace.Json(answer));

            QuestionResult row = await space.Ask();

            Assert.Equal((Outcome.Ambiguous, "MALFORMED_ANSWER"), (row.Outcome, row.ErrorType));
            Assert.Equal("POST /api/2.0/genie/spaces/s1/start-conversation", Assert.Single(space.Calls));
            Assert.DoesNotContain(id, new[] { row.ConversationId, row.MessageId });
        }
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task So_is_a_further_question_of_a_conversation(string id)
    {
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json($$"""{"message_id":{{JsonSerializer.Serialize(id)}}}"""));

        QuestionResult row = await space.Ask(conversationId: "c1");

        Assert.Equal(Outcome.Ambiguous, row.Outcome);
        Assert.Equal("POST /api/2.0/genie/spaces/s1/conversations/c1/messages", Assert.Single(space.Calls));
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task A_result_is_not_read_from_an_attachment_or_statement_that_cannot_be(string id)
    {
        string text = JsonSerializer.Serialize(id);
        var attachment = new ScriptedSpace()
            .Says("message", ScriptedSpace.Json($$$"""{"status":"COMPLETED","attachments":[{"attachment_id":{{{text}}},"query":{"query":"SELECT 1"}}]}"""));
        var statement = new ScriptedSpace()
            .Says("result", ScriptedSpace.Json($$$"""{"statement_response":{"statement_id":{{{text}}},"result":{"chunk_index":0,"next_chunk_index":1} } }"""));

        QuestionResult first = await attachment.Ask();
        QuestionResult second = await statement.Ask();

        Assert.Equal((Outcome.Unreachable, "MALFORMED_ANSWER", 2), (first.Outcome, first.ErrorType, attachment.Calls.Count));
        Assert.Equal((Outcome.Unreachable, "MALFORMED_ANSWER", 3), (second.Outcome, second.ErrorType, statement.Calls.Count));
    }

    [Fact]
    public async Task An_id_that_can_be_is_taken_from_wherever_it_is()
    {
        var space = new ScriptedSpace().Says(
            "start", ScriptedSpace.Json("""{"conversation_id":"..","conversation":{"id":"c7"},"message_id":"","message":{"id":"m7"}}"""));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, "c7", "m7"), (row.Outcome, row.ConversationId, row.MessageId));
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task No_call_takes_an_id_that_cannot_be(string id)
    {
        var space = new ScriptedSpace();
        GenieApiClient client = space.Client;
        var policy = new CallPolicy(new SeededRandom(1));
        (string Field, Func<Task> Call)[] calls =
        [
            ("SpaceId", () => client.GetSpaceAsync(id, policy, default)),
            ("SpaceId", () => client.StartConversationAsync(id, "q", policy, default)),
            ("SpaceId", async () => await client.ListConversationsAsync(id, policy, default).GetAsyncEnumerator().MoveNextAsync()),
            ("ConversationId", () => client.CreateMessageAsync("s", id, "q", policy, default)),
            ("ConversationId", () => client.DeleteConversationAsync("s", id, policy, default)),
            ("MessageId", () => client.GetMessageAsync("s", "c", id, policy, default)),
            ("AttachmentId", () => client.GetQueryResultAsync("s", "c", "m", id, policy, default)),
            ("AttachmentId", () => client.ExecuteQueryAsync("s", "c", "m", id, policy, default)),
            ("StatementId", () => client.GetResultChunkAsync(id, 1, policy, default)),
            ("SpaceId", () => space.Ask(spaceId: id)),
            ("ConversationId", () => space.Ask(conversationId: id)),
            ("SpaceId", () => new GenieConnector(client).CheckAsync(id, isSimulator: false, default)),
        ];

        foreach ((string field, Func<Task> call) in calls)
        {
            GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(call);
            Assert.Equal("InvalidId", error.ErrorId);
            Assert.StartsWith(field, error.Message, StringComparison.Ordinal);
        }
        Assert.Empty(space.Calls);
    }

    [Fact]
    public async Task A_space_that_lists_itself_under_a_strange_id_is_still_the_one_that_was_asked_for()
    {
        var space = new ScriptedSpace().Says("token", ScriptedSpace.Json("""{"space_id":"..","title":"Sales"}"""));

        await foreach (Space found in new GenieConnector(space.Client).GetSpacesAsync("s1", default))
            Assert.Equal(("s1", "Sales"), (found.SpaceId, found.Title));
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_is_not_deleted()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun run = await space.Run(SimulatedRun.Plan(3, 0, workers: 3));
        Rewrite(new RunFolder(run.RunPath!).ResultsPath, row => row.Index == 2 ? row with { ConversationId = ".." } : row);
        LoadRun changed = RunReader.Read(run.RunPath!);
        var target = new ScriptedSpace();

        CleanupResult cleanup = await ConversationCleanup.RemoveAsync(
            [new RunTarget(changed.Connections[0], target.Client)], changed, CancellationToken.None);

        Assert.Equal((3, 2, 0), (cleanup.Created, cleanup.Removed, cleanup.Kept));
        Assert.Contains("'..'", cleanup.Trouble, StringComparison.Ordinal);
        Assert.Equal(2, target.Calls.Count);
        Assert.All(target.Calls, call => Assert.Matches("^DELETE /api/2.0/genie/spaces/[^/]+/conversations/[0-9a-f]{32}$", call));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_the_folder_knows_by_an_id_that_cannot_be_is_neither_looked_up_nor_asked_again(bool resendAmbiguous)
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun stopped = await space.RunAndStop(SimulatedRun.Plan(10, 10, workers: 10), afterSeconds: 6);
        QuestionResult open = stopped.Results.First(row => row is { Outcome: Outcome.Interrupted, MessageId: not null });
        var folder = new RunFolder(stopped.RunPath!);
        Rewrite(folder.ResultsPath, row => row.Index == open.Index ? row with { MessageId = "..", CompletedOffsetSeconds = null } : row);
        List<string> warnings = [];

        LoadRun whole = await space.Resume(stopped, resendAmbiguous: resendAmbiguous, warnings: warnings);

        Assert.Equal(Outcome.Ambiguous, whole.Results.Single(row => row.Index == open.Index).Outcome);
        Assert.Equal(1, space.Truth.TimesAccepted(open.Question));
        Assert.Contains("'..' as the messageId of question", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.All(whole.Results.Where(row => row.Index != open.Index), row => Assert.True(row.Success, row.ErrorText));
    }

    [Fact]
    public async Task A_further_question_does_not_go_into_a_conversation_that_cannot_be()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun stopped = await space.RunAndStop(SimulatedRun.Plan(2, 40, workers: 2, conversation: _ => "c"), afterSeconds: 15);
        Assert.True(stopped.Results[0].Success);
        Rewrite(new RunFolder(stopped.RunPath!).ResultsPath,
            row => row with { ConversationId = row.ConversationId is null ? null : "../x" });

        LoadRun whole = await space.Resume(stopped);

        Assert.True(whole.Results[1].Success, whole.Results[1].ErrorText);
        Assert.DoesNotContain(space.Truth.Calls, call => call.Operation == SimulatedOperation.Unknown);
    }

    private static void Rewrite(string path, Func<QuestionResult, QuestionResult> change) => File.WriteAllLines(
        path,
        [.. File.ReadAllLines(path).Select(line => JsonSerializer.Serialize(
            change(JsonSerializer.Deserialize(line, RunJson.Lines.QuestionResult)!), RunJson.Lines.QuestionResult))]);
}
