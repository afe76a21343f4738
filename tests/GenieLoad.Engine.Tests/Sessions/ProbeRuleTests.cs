using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>Three people who think for ten seconds, and are to be answered within 60 s in nine of ten cases.</summary>
public sealed class ProbeRuleTests
{
    private static readonly ServiceLevel[] Levels = [new(0.9, 60)];

    private static readonly Plan Plan = ProbePlan.Of(
        [1, 2, 3], 90, ThinkTime.Between(10, 10), new AdmissionLimit(5), new([new Question { Id = "a", Text = "A?" }]), seed: 1);

    private readonly ProbeRule _rule = new(Plan, Levels);

    [Fact]
    public void Questions_that_wait_too_long_are_misses_before_their_answers_come()
    {
        Assert.Null(_rule.Progressed(At(62.5)));
        Assert.Equal(2, _rule.Latest!.Deciding.Misses);

        StopOrder order = _rule.Progressed(At(63.5))!;

        Assert.Equal((StopCause.Decided, double.PositiveInfinity, Verdict.Fail), (order.Cause, order.GraceSeconds, _rule.Latest.Verdict));
        Assert.StartsWith("3 of 3 answers missed", order.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_question_of_a_person_counts_from_the_end_of_thinking()
    {
        Assert.Null(_rule.Finished(Row(1, 1, 21)));
        _rule.Progressed(At(90));
        Assert.Equal((3, 2), (_rule.Latest!.Deciding.Answers, _rule.Latest.Deciding.Misses));

        // Asked at 31 s, 10 s after the answer: late at 91 s.
        Assert.NotNull(_rule.Progressed(At(91.5)));
    }

    [Fact]
    public void A_failure_is_a_miss_and_a_warm_up_is_nothing()
    {
        _rule.Finished(Row(1, 1, 21) with { Outcome = Outcome.Failed });
        _rule.Finished(Row(2, 2, 22) with { IsWarmUp = true });

        Assert.Equal((1, 1), (_rule.Latest!.Deciding.Answers, _rule.Latest.Deciding.Misses));
    }

    private static RunProgress At(double seconds) => new()
    {
        Planned = Plan.QuestionCount, Waiting = 0, InFlight = 0, Throttled = 0, Succeeded = 0, Failed = 0,
        InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = seconds, RemainingSeconds = null,
    };

    private static QuestionResult Row(int index, double asked, double ended) =>
        PlannedRow.Of(Plan.Questions[index - 1], Outcome.Completed, DateTime.UnixEpoch, asked) with
        {
            StartedOffsetSeconds = asked, CompletedOffsetSeconds = ended, ResponseSeconds = ended - asked, Attempts = 1,
        };
}
