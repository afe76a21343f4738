using GenieLoad.Engine.Http.Retries;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>What was accepted a moment ago is not known everywhere in the service yet: a 404 is then no end.</summary>
public sealed class FreshMessageTests
{
    [Theory]
    [InlineData("message")]
    [InlineData("result")]
    [InlineData("chunk")]
    public async Task A_404_right_after_is_waited_out_as_a_fault(string kind)
    {
        var space = new ScriptedSpace().Says(kind, ScriptedSpace.NotFound(), ScriptedSpace.NotFound())
            .Says("result", kind == "result" ? [] : [ScriptedSpace.Json("""{"statement_response":{"statement_id":"s1","result":{"chunk_index":0,"next_chunk_index":1}}}""")]);

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, 2, 0), (row.Outcome, row.FaultRetries, row.ThrottleRetries));
        Assert.True(row.FaultSeconds >= 3, "a wait of 1 s and one of 2 s, each with its jitter");
        Assert.True(row.ServiceSeconds < 2, $"{row.ServiceSeconds}: the waits are no latency");
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("result")]
    public async Task One_that_lasts_ends_as_the_refusal_that_it_is(string kind)
    {
        var space = new ScriptedSpace().AlwaysSays(kind, ScriptedSpace.NotFound);

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Rejected, 404, 5), (row.Outcome, row.HttpStatus!.Value, row.FaultRetries));
        Assert.Contains("5 retries", row.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_seen_and_is_gone_is_gone()
    {
        var space = new ScriptedSpace().Says("message", ScriptedSpace.Json("""{"status":"ASKING_AI"}"""), ScriptedSpace.NotFound());

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Rejected, 404, 0), (row.Outcome, row.HttpStatus!.Value, row.FaultRetries));
    }

    [Fact]
    public async Task A_space_that_is_not_there_is_said_at_once()
    {
        var space = new ScriptedSpace().Retrying(new RetryOptions()).Says("start", ScriptedSpace.NotFound());

        Assert.Equal((Outcome.Rejected, 0), await space.Ask() is var row ? (row.Outcome, row.FaultRetries) : default);
        Assert.Single(space.Calls);
    }
}
