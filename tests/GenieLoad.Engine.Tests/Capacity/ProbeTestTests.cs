using GenieLoad.Engine.Capacity;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class ProbeTestTests
{
    private static readonly ServiceLevel[] Minute = [new(0.9, 60)];

    [Fact]
    public void What_warms_up_what_is_open_and_what_ends_later_does_not_count()
    {
        ProbeAnswer[] answers =
        [
            new(0, 20, IsFailed: true, IsWarmUp: true), new(5, 20), new(6, 30, IsFailed: true), new(10, null), new(12, 40),
        ];

        ProbeTest test = ProbeTest.Judge(Minute, 2, answers, now: 40);

        Assert.Equal((2, 1, Verdict.Undecided), (test.Deciding.Answers, test.Deciding.Misses, test.Verdict));
        Assert.False(test.IsOver);
    }

    [Fact]
    public void An_open_question_whose_time_is_up_is_a_miss_before_it_ends()
    {
        ProbeAnswer[] answers = [new(5, null), new(6, null), new(7, 500)];

        Assert.Equal(0, ProbeTest.Judge(Minute, 50, answers, now: 64).Deciding.Answers);
        Assert.Equal(Verdict.Undecided, ProbeTest.Judge(Minute, 50, answers, now: 66).Verdict);
        Assert.Equal(Verdict.Fail, ProbeTest.Judge(Minute, 50, answers, now: 67).Verdict);
    }

    /// <summary>When one level fails nothing more is sent: what would have come later is no miss of another level.</summary>
    [Fact]
    public void Nothing_counts_after_the_first_level_that_fails()
    {
        ServiceLevel[] levels = [new(0.5, 20), new(0.99, 120), new(0.95)];
        ProbeAnswer[] answers = [.. Enumerable.Range(1, 20).Select(at => new ProbeAnswer(at, null))];

        ProbeTest test = ProbeTest.Judge(levels, 4, answers, double.PositiveInfinity);

        Assert.Equal((Verdict.Fail, 0), (test.Verdict, test.DecidingLevel));
        Assert.Equal((0, 0), (test.Tests[1].Answers, test.Tests[2].Answers));
    }

    [Fact]
    public void A_decision_is_not_taken_back_by_what_comes_later()
    {
        ProbeAnswer[] answers =
            [new(0, 80), new(1, 80), new(2, 80), .. Enumerable.Range(3, 200).Select(at => new ProbeAnswer(at, 61 + (at % 3), at > 150))];
        ProbeAnswer[] good = [.. Enumerable.Range(3, 200).Select(at => new ProbeAnswer(at + 60, 5))];

        Assert.Equal(Verdict.Fail, ProbeTest.Judge(Minute, 1, [.. good, .. answers], now: 63).Verdict);
        Assert.Equal(Verdict.Fail, ProbeTest.Judge(Minute, 1, [.. good, .. answers], now: 1e6).Verdict);
        Assert.Equal(3, ProbeTest.Judge(Minute, 1, [.. good, .. answers], now: 1e6).Deciding.Answers);
    }

    [Fact]
    public void Every_level_has_to_pass_and_one_that_fails_is_enough()
    {
        ServiceLevel[] levels = [new(0.9, 60), new(0.95, 30)];
        ProbeAnswer[] fast = [.. Enumerable.Range(0, 20).Select(at => new ProbeAnswer(at, 10))];
        ProbeAnswer[] slow = [.. Enumerable.Range(0, 20).Select(at => new ProbeAnswer(at, 40))];

        ProbeTest one = ProbeTest.Judge(levels, 1, fast, now: 1000);
        Assert.Equal((Verdict.Undecided, Verdict.Pass, 15), (one.Verdict, one.Tests[0].Verdict, one.Deciding.CleanAnswersNeeded));
        Assert.Equal(Verdict.Pass, ProbeTest.Judge(levels, 1, [.. fast, .. fast], now: 1000).Verdict);

        ProbeTest failed = ProbeTest.Judge(levels, 1, slow, now: 1000);
        Assert.Equal((Verdict.Fail, Verdict.Undecided, true), (failed.Verdict, failed.Tests[0].Verdict, failed.IsOver));
        Assert.Equal(failed.Tests[1], failed.Deciding);
    }

    [Fact]
    public void Without_a_level_there_is_nothing_to_judge() =>
        Assert.Equal("NoServiceLevel", Assert.Throws<GenieLoadException>(() => ProbeTest.Judge([], 1, [], 0)).ErrorId);
}
