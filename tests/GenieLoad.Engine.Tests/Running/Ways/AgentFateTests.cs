using GenieLoad.Engine.Running;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Running.Ways.StreamedSpace;

namespace GenieLoad.Engine.Tests.Running.Ways;

/// <summary>What a row says of a question in agent mode that no stream saw to its end.</summary>
public sealed class AgentFateTests
{
    [Fact]
    public async Task A_question_that_was_never_acknowledged_may_run_out_of_time_like_any_other()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 })
        {
            Items = _ => List(Thought(1), Question("How many?"), Answer("earlier", "m0"), Question("Which?", "q0")),
        };
        space.Says(StreamEnd.Reset);

        Assert.Equal(Outcome.TimedOut, (await space.Ask("c1")).Outcome);
    }

    [Fact]
    public async Task A_stop_while_no_item_has_shown_the_question_leaves_its_fate_unknown()
    {
        using var space = new StreamedSpace { Items = _ => List(Answer("earlier", "m0"), Question("Which?", "q0")) };
        space.Says(StreamEnd.Reset);

        Assert.Equal(Outcome.Ambiguous, (await space.Ask("c1", stopAfterSeconds: 10)).Outcome);
    }

    [Theory]
    [InlineData("How many?", "How many?")]
    [InlineData("Another?", "Which?")]
    public async Task A_turn_that_may_be_another_one_is_not_taken_for_the_question(string last, string before)
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 })
        {
            Items = _ => List(Answer("42."), Question(last), Answer("earlier", "m0"), Question(before, "q0")),
        };
        space.Says(StreamEnd.Reset);

        Assert.Equal(Outcome.Ambiguous, (await space.Ask("c1")).Outcome);
    }

    [Fact]
    public async Task A_stream_that_is_silent_from_the_begin_says_so()
    {
        using var space = new StreamedSpace(new LoadTestOptions { StreamIdleSeconds = 30 }).Says(StreamEnd.Hangs, (1, ": hello\n\n"));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Ambiguous, "STREAM_SILENT"), (row.Outcome, row.ErrorType));
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_leaves_the_fate_unknown()
    {
        using var space = new StreamedSpace { MediaType = "text/html" }.Says(StreamEnd.Closed, (1, "<html><title>Sign in</title></html>"));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Ambiguous, "LOGIN_PAGE"), (row.Outcome, row.ErrorType));
    }

    [Fact]
    public async Task A_refusal_is_closed()
    {
        HttpResponseMessage refusal = Error(403, "PERMISSION_DENIED", "No");
        using var space = new StreamedSpace().Refuses(refusal);

        await space.Ask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => refusal.Content.ReadAsStringAsync());
    }
}
