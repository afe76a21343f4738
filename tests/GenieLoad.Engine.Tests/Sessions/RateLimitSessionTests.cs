using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Limits;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class RateLimitSessionTests
{
    private static readonly SimulatorOptions Bucket = new() { RateLimitPerMinute = 5, RateLimitBurst = 3 };

    private static readonly RateLimitRequest Request = new() { KeepsConversations = true };

    [Fact]
    public void Never_more_than_the_allowed_questions_are_accepted()
    {
        using var space = new LimitedSpace(new SimulatorOptions());

        RateLimit limit = space.Measure(Request with { MaximumQuestions = 4 });

        Assert.Equal((LimiterKind.None, 4, 4L), (limit.Kind, limit.QuestionsSpent, space.Simulator.Record.QuestionCount));
        Assert.Contains("-MaximumQuestion allows more", limit.Reason, StringComparison.Ordinal);
        Assert.Null(limit.Advice);
    }

    [Fact]
    public void Time_is_no_longer_than_allowed()
    {
        using var space = new LimitedSpace(new SimulatorOptions { RateLimitPerMinute = 0.5, RateLimitBurst = 1 });

        RateLimit limit = space.Measure(Request with { MaximumSeconds = 30 });

        Assert.InRange(limit.DurationSeconds, 20, 31);
        Assert.Contains("-MaximumDuration allows more", limit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_rests_before_it_asks()
    {
        using var space = new LimitedSpace(Bucket);

        RateLimit limit = space.Measure(Request);

        SimulatedCall first = space.Simulator.Record.Calls.First(call => call.Operation == SimulatedOperation.StartConversation);
        Assert.InRange((first.ArrivedAt.Utc - space.Simulator.Record.StartedAt.Utc).TotalSeconds, 120, 125);
        Assert.DoesNotContain("before", limit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_rested_too_short_the_result_says_what_it_assumes()
    {
        using var space = new LimitedSpace(Bucket);

        RateLimit rested = space.Measure(Request with { RestSeconds = 30 });
        RateLimit unrested = space.Measure(Request with { RestSeconds = 0 });

        Assert.Contains("in the two minutes before", rested.Reason, StringComparison.Ordinal);
        Assert.InRange(5, unrested.LowerPerMinute!.Value, unrested.UpperPerMinute ?? double.PositiveInfinity);
    }

    [Fact]
    public void The_advised_pace_is_never_refused()
    {
        using var space = new LimitedSpace(Bucket);

        RateLimit limit = space.Measure(Request);

        Assert.InRange(limit.Advice!.Value, 4.6, 5);
        Assert.Equal(3, limit.Burst);
    }

    [Theory]
    [InlineData(false, SimulatedLimitScope.Workspace, "Space or Workspace")]
    [InlineData(true, SimulatedLimitScope.Workspace, "User or Workspace")]
    [InlineData(true, SimulatedLimitScope.Space, "Space")]
    public void Other_connections_show_whom_it_belongs_to(bool otherSpace, SimulatedLimitScope scope, string owner)
    {
        using var space = new LimitedSpace(Bucket with { RateLimitScope = scope, SpaceCount = 2 });
        Connection other = otherSpace ? space.Connection(2, space.Simulator.SpaceIds[1]) : space.Connection(2);

        RateLimit limit = space.Measure(Request, space.Connection(), other);

        Assert.Equal(owner, limit.BelongsTo);
        Assert.Equal(space.Simulator.Record.QuestionCount, limit.QuestionsSpent);
        Assert.Equal(["c1", "c2"], limit.Observations.Select(one => one.Connection).Distinct());
    }

    [Fact]
    public void A_fault_that_says_nothing_of_a_limit_is_passed_over()
    {
        using var space = new LimitedSpace(Bucket with { ServerErrorShare = 0.2, Seed = 3 });

        RateLimit limit = space.Measure(Request);

        Assert.Equal(LimiterKind.TokenBucket, limit.Kind);
        Assert.InRange(5, limit.LowerPerMinute!.Value, limit.UpperPerMinute!.Value);
    }

    [Fact]
    public void What_was_learned_is_kept_when_another_connection_fails()
    {
        using var space = new LimitedSpace(Bucket) { Broken = "c2" };

        RateLimit limit = space.Measure(Request, space.Connection(), space.Connection(2));

        Assert.Equal((LimiterKind.TokenBucket, null), (limit.Kind, limit.BelongsTo));
        Assert.Contains("It ended early", limit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_whose_fate_is_unknown_ends_it_and_counts_as_spent()
    {
        using var space = new LimitedSpace(Bucket with { ResetShare = 0.5, Seed = 2 });

        RateLimit limit = space.Measure(Request);

        Assert.Contains("nobody knows whether a question was accepted", limit.Reason, StringComparison.Ordinal);
        Assert.Equal(limit.Observations.Count(one => one.Accepted) + 1, limit.QuestionsSpent);
    }

    [Fact]
    public void Other_connections_get_no_question_more_than_allowed()
    {
        var perSpace = Bucket with { RateLimitScope = SimulatedLimitScope.Space, SpaceCount = 2 };
        using var alone = new LimitedSpace(perSpace);
        int needed = alone.Measure(Request).QuestionsSpent;
        using var space = new LimitedSpace(perSpace);

        RateLimit limit = space.Measure(
            Request with { MaximumQuestions = needed }, space.Connection(), space.Connection(2, space.Simulator.SpaceIds[1]));

        Assert.Equal(((long)needed, null), (space.Simulator.Record.QuestionCount, limit.BelongsTo));
    }

    [Fact]
    public void Its_conversations_are_deleted_unless_they_are_to_stay()
    {
        using var space = new LimitedSpace(Bucket with { CallSeconds = 0 });

        RateLimit limit = space.Measure(Request with { KeepsConversations = false });
        Assert.Equal(limit.QuestionsSpent, space.Simulator.Record.CountOf(SimulatedOperation.DeleteConversation, 200));
        space.Measure(Request with { RestSeconds = 0 });

        // Time flies while they are deleted on other threads: one that is tried again is no longer there, and not counted.
        Assert.Equal(limit.QuestionsSpent, space.Simulator.Record.CountOf(SimulatedOperation.DeleteConversation, 200));
    }
}
