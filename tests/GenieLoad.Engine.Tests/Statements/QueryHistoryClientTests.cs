using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statements;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

public sealed class QueryHistoryClientTests
{
    [Fact]
    public async Task Pages_are_followed_with_escaped_tokens_and_both_names_of_the_list_are_read()
    {
        ScriptedSpace space = new ScriptedSpace().Says(
            "token",
            ScriptedSpace.Json("""{"res":[{"query_id":"a"},{"query_id":7},null,"x"],"has_next_page":true,"next_page_token":"a+/="}"""),
            ScriptedSpace.Json("""{"queries":[{"query_id":"b"}],"has_next_page":false,"next_page_token":"none"}"""));

        List<QueryInfo> read = await ReadAsync(space, "a", "b");

        Assert.Equal(["a", "7", "b"], read.Select(info => info.QueryId));
        const string First = "GET /api/2.0/sql/history/queries?include_metrics=true&max_results=2"
            + "&filter_by.statement_ids=a&filter_by.statement_ids=b";
        Assert.Equal([First, First + "&page_token=a%2B%2F%3D"], space.Calls);
    }

    [Fact]
    public async Task Numbers_are_read_as_numbers_and_as_texts_and_odd_ones_as_nothing()
    {
        ScriptedSpace space = new ScriptedSpace().Says("token", ScriptedSpace.Json(
            """
            {"res":[
              {"query_id":"a","is_final":"true","query_start_time_ms":"1764000000000","query_end_time_ms":1764000001000,
               "metrics":{"compilation_time_ms":"12","execution_time_ms":3.0,"result_fetch_time_ms":{},"result_from_cache":"false"}},
              {"query_id":"b","metrics":[]}
            ]}
            """));

        List<QueryInfo> read = await ReadAsync(space, "a", "b");

        StatementRecord record = StatementRecord.Of(1, "a", read[0]);
        Assert.Equal((StatementState.Known, 1764000000000, 12, 3, null, false), (
            record.State, record.StartMs, record.CompilationMs, record.ExecutionMs, record.ResultFetchMs, record.ResultFromCache));
        Assert.Equal(StatementState.NotFinal, StatementRecord.Of(1, "b", read[1]).State);
    }

    [Theory]
    [InlineData("""{"is_final":true,"query_start_time_ms":1,"query_end_time_ms":2}""", StatementState.Known)]
    [InlineData("""{"is_final":false,"status":"FINISHED","query_start_time_ms":1,"query_end_time_ms":2}""", StatementState.NotFinal)]
    [InlineData("""{"is_final":true,"query_start_time_ms":1}""", StatementState.NotFinal)]
    [InlineData("""{"status":"FINISHED","query_start_time_ms":1,"query_end_time_ms":2}""", StatementState.NotFinal)]
    [InlineData(
        """{"status":"FAILED","query_start_time_ms":1,"query_end_time_ms":2,"metrics":{"compilation_time_ms":1}}""", StatementState.Known)]
    [InlineData(
        """{"status":"RUNNING","query_start_time_ms":1,"query_end_time_ms":2,"metrics":{"compilation_time_ms":1}}""",
        StatementState.NotFinal)]
    [InlineData("""{"is_final":true,"query_start_time_ms":-1,"query_end_time_ms":2}""", StatementState.NotFinal)]
    public async Task A_statement_is_known_when_the_history_is_done_with_it(string info, string state)
    {
        ScriptedSpace space = new ScriptedSpace().Says("token", ScriptedSpace.Json($$"""{"res":[{{info}}]}"""));

        Assert.Equal(state, StatementRecord.Of(1, "a", Assert.Single(await ReadAsync(space, "a"))).State);
    }

    [Fact]
    public async Task An_id_that_can_be_none_is_not_sent()
    {
        var space = new ScriptedSpace();

        GenieLoadException refused = await Assert.ThrowsAsync<GenieLoadException>(() => ReadAsync(space, "a", "../b"));

        Assert.Equal(("InvalidId", 0), (refused.ErrorId, space.Calls.Count));
    }

    [Fact]
    public async Task A_refusal_ends_it_and_other_faults_are_tried_again_in_the_next_round()
    {
        ScriptedSpace space = new ScriptedSpace()
            .Retrying(new() { MaximumRetries = 0 })
            .Says("token",
                ScriptedSpace.Json("""{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""", 503),
                ScriptedSpace.Json(
                    """{"error_code":"PERMISSION_DENIED","message":"No, says dapi0123456789abcdef0123456789abcdef"}""", 403));
        var source = new StatementSource(space.Client, [(1, "a"), (2, "b")]);

        await space.Time.Drive(() => source.AskAsync(Policy, CancellationToken.None));
        Assert.False(source.IsDone);
        Assert.All(source.Records(), record => Assert.Equal(StatementState.Unreachable, record.State));
        await space.Time.Drive(() => source.AskAsync(Policy, CancellationToken.None));

        Assert.True(source.IsDone);
        Assert.All(source.Records(), record => Assert.Equal(StatementState.Refused, record.State));
        Assert.All(source.Records(), record => Assert.DoesNotContain("dapi0123", record.Reason, StringComparison.Ordinal));
    }

    private static CallPolicy Policy => new(new SeededRandom(1));

    private static Task<List<QueryInfo>> ReadAsync(ScriptedSpace space, params string[] ids) => space.Time.Drive(async () =>
    {
        List<QueryInfo> read = [];
        await foreach (QueryInfo info in space.Client.ListQueriesAsync(ids, Policy, CancellationToken.None))
            read.Add(info);
        return read;
    });
}
