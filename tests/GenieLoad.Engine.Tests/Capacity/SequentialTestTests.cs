using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class SequentialTestTests
{
    [Theory]
    [InlineData(0.9, 18, 3)]
    [InlineData(0.95, 35, 2)]
    [InlineData(0.99, 176, 2)]
    [InlineData(0.5, 4, 4)]
    public void So_many_clean_answers_pass_and_so_many_misses_in_a_row_fail(double share, int clean, int misses)
    {
        SequentialTest passing = new(new ServiceLevel(share), 1), failing = new(new ServiceLevel(share), 1);

        Assert.Equal(clean, passing.CleanAnswersNeeded);
        Assert.Equal((clean, Verdict.Pass), (AddUntilOver(passing, isMiss: false), passing.Verdict));
        Assert.Equal((misses, Verdict.Fail), (AddUntilOver(failing, isMiss: true), failing.Verdict));
        Assert.True(passing.Acceptable < 1 - share && 1 - share < passing.Unacceptable);
    }

    [Fact]
    public void Nothing_passes_before_two_answers_for_each_person_and_a_fail_needs_no_such_number()
    {
        SequentialTest passing = new(new ServiceLevel(0.9), 40), failing = new(new ServiceLevel(0.9), 40);

        Assert.Equal(80, passing.CleanAnswersNeeded);
        Assert.Equal(80, AddUntilOver(passing, isMiss: false));
        Assert.Equal(3, AddUntilOver(failing, isMiss: true));
    }

    [Theory]
    [InlineData(5, 18)]
    [InlineData(10, 30)]
    [InlineData(20, 60)]
    [InlineData(30, 60)]
    [InlineData(31, 62)]
    public void Of_few_people_three_answers_each_are_asked_for(int people, int answers) =>
        Assert.Equal(answers, AddUntilOver(new SequentialTest(new ServiceLevel(0.9), people), isMiss: false));

    [Fact]
    public void As_many_clean_answers_as_it_says_pass()
    {
        SequentialTest test = new(new ServiceLevel(0.9), 3);
        for (int i = 0; i < 20; i++)
            test.Add(i is 4 or 11);
        int needed = test.CleanAnswersNeeded;

        Assert.Equal($"2 of 20 answers missed, 10 % may; {needed} more without a miss would pass.", test.Reason);
        Assert.Equal(needed, AddUntilOver(test, isMiss: false));
        Assert.Equal(Verdict.Pass, test.Verdict);
        Assert.Equal(0, test.CleanAnswersNeeded);
        Assert.StartsWith("2 of ", test.Reason, StringComparison.Ordinal);
        Assert.Contains("if 20 % did", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_decided_stays_and_takes_no_more_answers()
    {
        SequentialTest test = new(new ServiceLevel(0.9), 1);
        AddUntilOver(test, isMiss: true);
        for (int i = 0; i < 100; i++)
            test.Add(isMiss: false);

        Assert.Equal((3, 3, Verdict.Fail), (test.Answers, test.Misses, test.Verdict));
        Assert.Contains("if only 5 % did", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_is_the_allowed_one_ends_undecided()
    {
        SequentialTest test = new(new ServiceLevel(0.9), 30);
        for (int i = 0; !test.IsOver; i++)
            test.Add(i % 9 == 8);

        Assert.Equal((120, Verdict.Undecided), (test.Answers, test.Verdict));
        Assert.Equal("13 of 120 answers missed, 10 % may; too close to tell with 120 answers.", test.Reason);
    }

    /// <summary>Wald's approximation for independent answers; the bounds are five standard deviations wide.</summary>
    [Theory]
    [InlineData(0.05, 0.97)]
    [InlineData(0.10, 0.64)]
    [InlineData(0.20, 0.04)]
    public void Independent_answers_pass_as_often_as_they_should(double misses, double passes)
    {
        const int tests = 1_000;
        int passed = 0;
        for (int seed = 0; seed < tests; seed++)
        {
            SeededRandom random = SeededRandom.For(seed, "answers", 0);
            SequentialTest test = new(new ServiceLevel(0.9), 1);
            while (!test.IsOver)
                test.Add(random.NextDouble() < misses);
            passed += test.Verdict == Verdict.Pass ? 1 : 0;
        }

        // Those that end undecided would have passed now and then.
        Assert.InRange((double)passed / tests, passes - 0.11, passes + 0.06);
    }

    [Theory]
    [InlineData(5, 14)]
    [InlineData(20, 71)]
    public void Clearly_fewer_people_than_the_world_carries_pass_and_clearly_more_fail(double perMinute, int capacity)
    {
        CapacityWorld world = new(1, perMinute, 1, 180, 20, 0.4);
        ClosedForecast forecast = world.Forecast();
        const int probes = 40;
        Assert.InRange(forecast.People!.Value, capacity * 0.85, capacity * 1.15);

        Assert.InRange(Passes(0.75), probes * 0.85, probes);
        Assert.InRange(Passes(1.4), 0, probes * 0.2);

        int Passes(double factor)
        {
            int people = (int)Math.Round(capacity * factor);
            return Enumerable.Range(0, probes).Simulate(seed => SimulatedProbe.Run(
                world.Truth, people, forecast.Starts(people, seed), 1_000 + seed).Result.Verdict).Count(verdict => verdict == Verdict.Pass);
        }
    }

    private static int AddUntilOver(SequentialTest test, bool isMiss)
    {
        int added = 0;
        for (; !test.IsOver; added++)
            test.Add(isMiss);
        return added;
    }
}
