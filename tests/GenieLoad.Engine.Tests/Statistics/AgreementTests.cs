using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public sealed class AgreementTests
{
    [Theory]
    [InlineData("4", 1.0)]
    [InlineData("1 1 1 1", 0.0)]
    [InlineData("2 2", 1.0 / 3)]
    [InlineData("3 1", 0.5)]
    [InlineData("9 1", 0.8)]
    public void It_is_the_share_of_equal_pairs(string counts, double expected) =>
        Assert.Equal(expected, Agreement.Pairwise(counts.Split(' ').Select(int.Parse))!.Value, 12);

    [Fact]
    public void One_value_agrees_with_nothing()
    {
        Assert.Null(Agreement.Pairwise([1]));
        Assert.Null(Agreement.Pairwise([]));
    }

    [Theory]
    [InlineData(40, 0.95, 3)]
    [InlineData(40, 0.7, 3)]
    [InlineData(100, 0.99, 5)]
    [InlineData(20, 0.5, 2)]
    public void The_interval_holds_the_true_agreement_in_95_of_100_cases(int answers, double modal, int others)
    {
        double truth = (modal * modal) + ((1 - modal) * (1 - modal) / others);
        int held = 0;
        const int Cases = 2000;
        for (int i = 0; i < Cases; i++)
        {
            SeededRandom random = SeededRandom.For(11, "agreement", i);
            int[] counts = new int[1 + others];
            for (int answer = 0; answer < answers; answer++)
                counts[random.NextDouble() < modal ? 0 : 1 + random.NextInt32(others)]++;
            (double lower, double upper) = Agreement.Interval(Agreement.Pairwise(counts)!.Value, answers / 2, 0.95);
            held += lower <= truth && truth <= upper ? 1 : 0;
        }
        Assert.True(held >= 0.94 * Cases, $"{held} of {Cases}");
    }

    [Fact]
    public void Equal_answers_alone_do_not_make_it_certain()
    {
        (double lower, double upper) = Agreement.Interval(1, 20, 0.95);
        Assert.Equal((0.8389, 1.0), (Math.Round(lower, 4), upper));
        Assert.Equal((0.0, 1.0), Agreement.Interval(1, 0, 0.95));
    }

    /// <summary>Without any effect, the test may cry out in 5 of 100 runs at most.</summary>
    [Fact]
    public void A_thousand_runs_without_an_effect_give_no_more_false_alarms_than_promised()
    {
        int alarms = 0;
        for (int i = 0; i < 1000; i++)
            alarms += AgreementTest.Of(Strata(i, busyModal: 0.8), SeededRandom.For(i, "shuffle", 0).NextInt32).PValue <= 0.05 ? 1 : 0;
        Assert.InRange(alarms, 10, 50);
    }

    [Fact]
    public void A_drop_from_80_to_40_percent_is_seen_in_most_runs()
    {
        int seen = 0;
        for (int i = 0; i < 200; i++)
            seen += AgreementTest.Of(Strata(i, busyModal: 0.4), SeededRandom.For(i, "shuffle", 0).NextInt32).PValue <= 0.05 ? 1 : 0;
        Assert.InRange(seen, 160, 200);
    }

    [Fact]
    public void The_shares_are_those_of_the_pairs()
    {
        AgreementTest test = AgreementTest.Of(
            [new AgreementStratum([0, 0, 1, 1, 1, 0], [false, false, false, true, true, true])], new SeededRandom(1).NextInt32);
        Assert.Equal((1.0 / 3, 1.0 / 3, 4.0 / 9), (test.First!.Value, test.Second!.Value, test.Across!.Value));
        Assert.Equal((1.0 / 3) - (4.0 / 9), test.Distance!.Value, 12);
    }

    [Fact]
    public void Strata_without_both_parts_say_nothing()
    {
        AgreementTest test = AgreementTest.Of(
            [new AgreementStratum([0, 1, 2], [false, false, false]), new AgreementStratum([0, 0, 1, 1], [false, false, true, true])],
            new SeededRandom(1).NextInt32);
        Assert.Equal((1.0, 1.0, 0.0), (test.First, test.Second, test.Across));
        Assert.Null(AgreementTest.Of([new AgreementStratum([0, 1], [true, true])], new SeededRandom(1).NextInt32).PValue);
    }

    /// <summary>One stratum always agrees and is mostly of the first part, the other never does and is mostly of the second.</summary>
    [Fact]
    public void An_uneven_mix_of_strata_sets_the_parts_not_apart()
    {
        static bool[] Parts(int first, int second) => [.. Enumerable.Range(0, first + second).Select(i => i >= first)];
        AgreementTest test = AgreementTest.Of(
            [new AgreementStratum(new int[100], Parts(90, 10)), new AgreementStratum([.. Enumerable.Range(0, 100)], Parts(10, 90))],
            new SeededRandom(1).NextInt32);
        Assert.Equal((0.5, 0.5, 0.5), (test.First, test.Second, test.Across));
        Assert.Equal(0.0, test.Distance);
    }

    [Fact]
    public void The_least_p_value_counts_the_labels_as_they_are() => Assert.Equal(
        1.0 / (1 + AgreementTest.MostShuffles),
        AgreementTest.Of(
            [new AgreementStratum([.. Enumerable.Range(0, 60).Select(i => i / 30)], [.. Enumerable.Range(0, 60).Select(i => i >= 30)])],
            new SeededRandom(1).NextInt32).PValue);

    [Fact]
    public void Where_all_values_are_equal_nothing_differs() => Assert.Equal(
        1.0, AgreementTest.Of([new AgreementStratum([0, 0, 0, 0], [false, false, true, true])], new SeededRandom(1).NextInt32).PValue);

    /// <summary>Six questions, ten quiet and ten busy answers each; the most frequent answer has its share in each part.</summary>
    private static AgreementStratum[] Strata(int run, double busyModal)
    {
        SeededRandom random = SeededRandom.For(run, "answers", 0);
        return
        [
            .. Enumerable.Range(0, 6).Select(_ =>
            {
                bool[] busy = [.. Enumerable.Range(0, 20).Select(i => i >= 10)];
                return new AgreementStratum(
                    [.. busy.Select(isBusy => random.NextDouble() < (isBusy ? busyModal : 0.8) ? 0 : 1 + random.NextInt32(3))], busy);
            }),
        ];
    }
}
