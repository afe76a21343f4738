using GenieLoad.Engine.Limits;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Limits;

public sealed class LimitFindingTests
{
    private static LimitSend Accepted(double at) => new(at, at + 0.1, IsAccepted: true);

    private static LimitSend Refused(double at, double? retryAfter = null) => new(at, at + 0.1, IsAccepted: false, retryAfter);

    [Fact]
    public void Without_a_refusal_there_is_no_limit_to_see()
    {
        LimitFinding finding = LimitFinding.Of([Accepted(0), Accepted(1)], isRested: true);

        Assert.Equal((LimiterKind.None, null, null), (finding.Kind, finding.LowerPerMinute, finding.UpperPerMinute));
    }

    [Fact]
    public void Questions_that_come_every_twelve_seconds_are_a_bucket_of_five_a_minute()
    {
        List<LimitSend> sends = [Accepted(0), Accepted(4), Accepted(4.3), Accepted(4.6), Refused(5), Refused(11.7), Accepted(12.2)];
        sends.AddRange([Refused(12.5), Refused(23.7), Accepted(24.2), Refused(24.5), Refused(35.7), Accepted(36.2), Refused(36.5)]);

        LimitFinding finding = LimitFinding.Of(sends, isRested: true);

        Assert.Equal((LimiterKind.TokenBucket, 4, 4), (finding.Kind, finding.LowerBurst!.Value, finding.UpperBurst!.Value));
        Assert.InRange(5, finding.LowerPerMinute!.Value, finding.UpperPerMinute!.Value);
    }

    [Fact]
    public void What_no_limiter_does_is_explained_by_none()
    {
        // Refused at once, accepted, refused for a minute, and then five at once.
        List<LimitSend> sends = [Accepted(0), Refused(1), Accepted(2), Refused(3), Refused(70)];
        sends.AddRange(Enumerable.Range(0, 5).Select(i => Accepted(71 + (0.3 * i))));

        LimitFinding finding = LimitFinding.Of(sends, isRested: true);

        Assert.Equal((LimiterKind.Unknown, 0, null), (finding.Kind, finding.Explaining.Count, finding.LowerPerMinute));
    }

    [Fact]
    public void What_was_asked_before_is_held_against_nobody_where_it_did_not_rest()
    {
        // A bucket that had one left: at rest it would have none of a burst.
        List<LimitSend> sends = [Accepted(0), Refused(0.3)];
        for (int i = 1; i <= 4; i++)
            sends.AddRange([Refused((12 * i) - 0.5), Accepted((12 * i) + 0.2), Refused((12 * i) + 0.5)]);
        sends.AddRange([Accepted(110), Accepted(110.3), Accepted(110.6), Accepted(110.9)]);

        LimitFinding rested = LimitFinding.Of(sends, isRested: true);
        LimitFinding unrested = LimitFinding.Of(sends, isRested: false);

        Assert.DoesNotContain(LimiterKind.TokenBucket, rested.Explaining);
        Assert.Contains(LimiterKind.TokenBucket, unrested.Explaining);
        Assert.InRange(unrested.LowerPerMinute!.Value, 0.1, 5);
    }

    [Fact]
    public void Sends_that_overlap_may_have_met_the_limiter_in_any_order()
    {
        // The one sent first is refused, because the other, sent later, was there before it.
        List<LimitSend> sends = [new(0, 5, IsAccepted: false), new(1, 2, IsAccepted: true), Refused(8), Accepted(14.5)];

        LimitFinding finding = LimitFinding.Of(sends, isRested: true);

        Assert.Contains(LimiterKind.TokenBucket, finding.Explaining);
    }

    [Theory]
    [InlineData(null, RetryAfterWorth.Absent)]
    [InlineData(11.0, RetryAfterWorth.Honest)]
    [InlineData(5.0, RetryAfterWorth.TooShort)]
    [InlineData(60.0, RetryAfterWorth.TooLong)]
    public void Retry_after_is_held_against_what_came_after_it(double? seconds, string worth) =>
        Assert.Equal(worth, RetryAfterJudge.Judge([Accepted(0), Refused(1, seconds), Refused(8), Accepted(12.2)], false));

    [Fact]
    public void Retry_after_holds_only_until_the_next_question_where_refused_ones_count() =>
        Assert.Equal(
            RetryAfterWorth.Unknown, RetryAfterJudge.Judge([Accepted(0), Refused(1, 5), Refused(3, 5), Refused(7)], rejectionsCount: true));
}
