using System.Text;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public sealed class QuestionTraceTests
{
    private static readonly PlannedQuestion Question = new() { Index = 1, PlannedSeconds = 0, QuestionId = "q1", Text = "How many?" };

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void A_timestamp_is_kept_whatever_it_is_and_one_that_has_not_come_is_none(long at)
    {
        var calls = new CallPolicy(new SeededRandom(1));
        var trace = new QuestionTrace(Question, 0, calls);
        Assert.Equal((null, null, null, null), (trace.FiredAt, trace.AcceptedAt, trace.DoneAt, calls.Deadline));

        trace.FiredAt = at;
        calls.Deadline = at;
        trace.Accepted(at, at, MessageStatus.Submitted);
        trace.End(Outcome.Completed, at);

        Assert.Equal((at, at, at, at), (trace.FiredAt, trace.AcceptedAt, trace.DoneAt, calls.Deadline));
        Assert.Null(trace.Sightings[0].AcceptedAt);
    }

    [Fact]
    public void A_poll_that_brings_nothing_new_is_counted_and_replaces_nothing()
    {
        var memory = new AnswerMemory(1000);
        var trace = new QuestionTrace(Question, 0, new CallPolicy(new SeededRandom(1))) { Memory = memory };
        trace.Accepted(1, 2, MessageStatus.Submitted);
        var message = new GenieMessage { Status = MessageStatus.AskingAi };
        byte[][] bodies = [.. Enumerable.Range(0, 3).Select(_ => "the same"u8.ToArray())];

        for (int poll = 0; poll < bodies.Length; poll++)
            trace.Polled(new ApiReply<GenieMessage>(message, bodies[poll], 10 + poll, 11 + poll));

        Assert.Equal((3, 12, 3 * 8), (trace.Polls, trace.LastLookAt, memory.TakenBytes));
        Assert.True(trace.MessageBody.Equals(bodies[0].AsMemory()));
        trace.Polled(new ApiReply<GenieMessage>(new GenieMessage { Status = MessageStatus.Completed }, "the end"u8.ToArray(), 20, 21));
        Assert.Equal(("the end", 3 * 7), (Encoding.UTF8.GetString(trace.MessageBody.Span), memory.TakenBytes));
    }
}
